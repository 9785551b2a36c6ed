using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Sidecar.TestKit.Installations;

namespace Sidecar.Load.Identity;

/// <summary>How long the API takes for what an administrator's pages ask of many people: one request after the other, until the whole answer is there.</summary>
internal static class ListTimes
{
    private const int Warm = 10;
    private const int Asked = 100;

    /// <summary>Lists, searches, orders and filters; <c>{user}</c> is another user at each request.</summary>
    private static readonly string[] Questions =
    [
        "core/users/",
        "core/users/?page={page}",
        "core/users/?page={last}",
        "core/users/?page_size=100",
        "core/users/?search=user{user}",
        $"core/users/?search={Seed.Surname}",
        "core/users/?search=ana%20user{user}",
        "core/users/?search=nobody-of-this-name",
        "core/users/?ordering=-date_joined",
        "core/users/?ordering=-last_login",
        "core/users/?ordering=email",
        "core/users/?ordering=-name&page={page}",
        "core/users/?username=user{user}",
        "core/users/?email=user{user}@example.com",
        "core/users/?is_active=false",
        "core/users/?is_superuser=false",
        "core/users/?type=internal",
        "core/users/?path_startswith=users",
        "core/users/?groups_by_name=team%200007",
        "core/users/{pk}/",
        "core/users/paths/",
        "core/groups/",
        "core/groups/?search=team&include_users=false",
        "core/groups/?members_by_username=user{user}",
        "core/tokens/",
        "events/events/",
    ];

    public static async Task<IReadOnlyList<ListTime>> MeasureAsync(SidecarServer server, int users)
    {
        using var client = new HttpClient { BaseAddress = new Uri(server.Address, "api/v3/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.BootstrapToken);
        var times = new List<ListTime>();
        foreach (var question in Questions)
        {
            times.Add(await AskAsync(client, question, users));
            Console.Error.WriteLine(times[^1]);
        }

        return times;
    }

    private static async Task<ListTime> AskAsync(HttpClient client, string question, int users)
    {
        var times = new List<double>();
        for (var i = 0; i < Warm + Asked; i++)
        {
            var address = Fill(question, users);
            var started = Stopwatch.GetTimestamp();
            using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
            var body = await response.Content.ReadAsByteArrayAsync();
            if (!response.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"{address}: {(int)response.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}");
            }

            if (i >= Warm)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        times.Sort();
        return new ListTime(question, times[Asked / 2], times[Asked * 95 / 100]);
    }

    private static string Fill(string question, int users) => question
        .Replace("{user}", RandomNumberGenerator.GetInt32(1, users + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{pk}", RandomNumberGenerator.GetInt32(100, users).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{page}", RandomNumberGenerator.GetInt32(2, users / 20).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{last}", (users / 20).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
