using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Tests;

public sealed class DecisionTests
{
    private const int Staff = 1;
    private const int Children = 2;

    private static readonly GroupRecord[] Groups = [Given.Group(Staff), Given.Group(Children, Staff)];

    [Fact]
    public void The_value_that_nobody_set_denies() => Assert.Equal(new Decision(Verdict.Deny, Reason.Unset), default);

    [Fact]
    public void Without_bindings_everybody_who_is_signed_in_enters() =>
        Assert.Equal(new Decision(Verdict.Allow, Reason.NoBindings), Decide(Given.Person()));

    [Fact]
    public void With_only_disabled_bindings_everybody_who_is_signed_in_enters_and_the_reason_says_so() =>
        Assert.Equal(new Decision(Verdict.Allow, Reason.BindingsDisabled), Decide(Given.Person(), InGroup(Staff) with { Enabled = false }));

    [Fact]
    public void Nobody_is_sent_to_sign_in() => Assert.Equal(new Decision(Verdict.SignIn, Reason.NotSignedIn), Decide(null, InGroup(Staff)));

    [Fact]
    public void Nobody_sees_a_public_path() =>
        Assert.Equal(new Decision(Verdict.Allow, Reason.PublicPath), DecideOn("/public/a", Given.App(paths: ["^/public/"]), null));

    [Fact]
    public void An_inactive_principal_is_refused_everywhere()
    {
        var refused = new Decision(Verdict.Deny, Reason.PrincipalInactive);

        Assert.Equal(refused, Decide(Given.Person(active: false)));
        Assert.Equal(refused, DecideOn("/public/a", Given.App(paths: ["^/public/"]), Given.Person(active: false)));
    }

    [Fact]
    public void A_user_binding_lets_that_user_in_and_nobody_else()
    {
        Assert.Equal(new Decision(Verdict.Allow, Reason.UserBinding), Decide(Given.Person(), User(Given.Ana)));
        Assert.Equal(new Decision(Verdict.Deny, Reason.NotBound), Decide(Given.Person(), User(Given.Id(9))));
    }

    [Fact]
    public void A_group_binding_lets_members_in_through_parents_too()
    {
        Assert.Equal(new Decision(Verdict.Allow, Reason.GroupBinding), Decide(Given.Person(groups: [Staff]), InGroup(Staff)));
        Assert.Equal(new Decision(Verdict.Allow, Reason.GroupBinding), Decide(Given.Person(groups: [Children]), InGroup(Staff)));
        Assert.Equal(new Decision(Verdict.Deny, Reason.NotBound), Decide(Given.Person(groups: [Staff]), InGroup(Children)));
    }

    [Fact]
    public void Negate_turns_a_binding_round()
    {
        Assert.Equal(new Decision(Verdict.Deny, Reason.GroupExcluded), Decide(Given.Person(groups: [Staff]), InGroup(Staff) with { Negate = true }));
        Assert.Equal(new Decision(Verdict.Allow, Reason.GroupBinding), Decide(Given.Person(), InGroup(Staff) with { Negate = true }));
        Assert.Equal(new Decision(Verdict.Deny, Reason.UserExcluded), Decide(Given.Person(), User(Given.Ana) with { Negate = true }));
    }

    [Theory]
    [InlineData(false, Verdict.Deny)]
    [InlineData(true, Verdict.Allow)]
    public void What_cannot_be_evaluated_gives_the_failure_result_and_negate_does_not_turn_it(bool failure, Verdict verdict)
    {
        var expected = new Decision(verdict, Reason.FailureResult);

        Assert.Equal(expected, Decide(Given.Person(), InGroup(77) with { FailureResult = failure }));
        Assert.Equal(expected, Decide(Given.Person(), InGroup(77) with { FailureResult = failure, Negate = true }));
        Assert.Equal(expected, Decide(Given.Person(), Given.Bind((BindingSubject)99, Given.Ana, failure: failure)));
        Assert.Equal(expected, Decide(Given.Person(), Given.Bind(BindingSubject.Unknown, Given.Ana, failure: failure)));
    }

    [Fact]
    public void Any_needs_one_and_all_needs_every_enabled_binding()
    {
        BindingRecord[] bindings = [InGroup(Staff), User(Given.Id(9)) with { Order = 1 }, User(Given.Id(8)) with { Order = 2, Enabled = false }];
        var staff = Given.Person(groups: [Staff]);

        Assert.Equal(new Decision(Verdict.Allow, Reason.GroupBinding), DecideOn("/", Given.App(mode: BindingMode.Any, bindings: bindings), staff));
        Assert.Equal(new Decision(Verdict.Deny, Reason.NotBound), DecideOn("/", Given.App(mode: BindingMode.All, bindings: bindings), staff));
        Assert.Equal(
            new Decision(Verdict.Allow, Reason.GroupBinding),
            DecideOn("/", Given.App(mode: BindingMode.All, bindings: [InGroup(Staff), User(Given.Ana) with { Order = 1 }]), staff));
    }

    [Fact]
    public void A_mode_that_is_not_known_asks_for_every_binding() =>
        Assert.Equal(
            Verdict.Deny,
            DecideOn("/", Given.App(mode: (BindingMode)7, bindings: [User(Given.Ana), InGroup(Staff)]), Given.Person()).Verdict);

    [Fact]
    public void The_first_binding_by_order_tells_the_reason()
    {
        BindingRecord[] both = [User(Given.Ana) with { Order = 2 }, InGroup(Staff) with { Order = 1 }];

        Assert.Equal(Reason.GroupBinding, Decide(Given.Person(groups: [Staff]), both).Reason);
        Assert.Equal(Reason.UserBinding, Decide(Given.Person(), both).Reason);
    }

    [Fact]
    public void Facts_of_another_snapshot_are_refused()
    {
        var application = Given.Compiled(Given.App()).Applications[0];
        var foreign = Given.Compiled(Given.App()).FactsOf(Given.Person());

        Assert.Equal(default, DecisionEngine.Decide(application, "/", foreign));
    }

    [Fact]
    public void Somebody_whom_no_binding_lets_in_sees_a_public_path_without_an_identity()
    {
        var app = Given.App(paths: ["^/public/"], bindings: [InGroup(Staff)]);

        Assert.Equal(new Decision(Verdict.Allow, Reason.PublicPath), DecideOn("/public/a", app, Given.Person()));
        Assert.Equal(new Decision(Verdict.Allow, Reason.GroupBinding), DecideOn("/public/a", app, Given.Person(groups: [Staff])));
        Assert.Equal(new Decision(Verdict.Deny, Reason.NotBound), DecideOn("/", app, Given.Person()));
    }

    private static BindingRecord InGroup(int id) => Given.Bind(BindingSubject.Group, Given.Id(id));

    private static BindingRecord User(Guid id) => Given.Bind(BindingSubject.User, id);

    private static Decision Decide(Contracts.Principals.Principal? person, params BindingRecord[] bindings) =>
        DecideOn("/", Given.App(bindings: bindings), person);

    private static Decision DecideOn(string path, ApplicationRecord app, Contracts.Principals.Principal? person)
    {
        var compiled = Given.Compiled(Groups, app);
        return DecisionEngine.Decide(compiled.Applications[0], path, person is null ? null : compiled.FactsOf(person));
    }
}
