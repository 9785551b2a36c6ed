using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Tests.Groups;

public sealed class GroupNameTests
{
    private static readonly GroupRecord[] Groups =
    [
        Given.Group(1) with { Name = "Staff" },
        Given.Group(2, 1) with { Name = "app-Writers" },
        Given.Group(3) with { Name = "a|Staff" },
        Given.Group(4) with { Name = "b\r\nX-Evil: 1" },
        Given.Group(5) with { Name = "Zürich" },
        Given.Group(6) with { Name = "c\u0001" },
    ];

    [Theory]
    [InlineData(GroupChoice.All, "Staff|Zürich|app-Writers")]
    [InlineData(GroupChoice.Bound, "Staff")]
    [InlineData(GroupChoice.Prefix, "app-Writers")]
    [InlineData(GroupChoice.None, "")]
    [InlineData((GroupChoice)99, "")]
    public void Sends_the_groups_of_the_providers_choice_and_never_a_name_that_forges_another(GroupChoice choice, string expected)
    {
        var app = Given.App(bindings: [Given.Bind(BindingSubject.Group, Given.Id(1)), Given.Bind(BindingSubject.Group, Given.Id(3), enabled: false)]);
        app = app with { Provider = app.Provider with { GroupChoice = choice, GroupPrefix = "app-" } };
        var compiled = Given.Compiled(Groups, app);

        Assert.Equal(expected, compiled.Applications[0].GroupsFor(compiled.FactsOf(Given.Person(groups: [2, 3, 4, 5, 6, 99]))));
    }
}
