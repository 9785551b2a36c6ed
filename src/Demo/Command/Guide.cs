using Sidecar.Demo.Data;
using Sidecar.Demo.Provisioning;

namespace Sidecar.Demo.Command;

/// <summary>What the person at the terminal reads when everything runs.</summary>
internal static class Guide
{
    public static void Print(DemoPlaces places, DemoData data, DemoObjects objects) => Console.WriteLine($$"""

        Sidecar runs.

          A protected service   {{places.Sample}}
          Sign-in and library   {{places.Auth}}if/user/
          Administration        {{places.Auth}}if/admin/

          Administrator         akadmin     password  {{data.AdminPassword}}
          User                  {{DemoObjects.Username}}         password  {{data.UserPassword}}

        Three things to try:

          1. Open {{places.Sample}} in a browser. It has no sign-in of its own: Sidecar asks you.
             Sign in as {{DemoObjects.Username}} with the password above.
          2. You are back at the service. It shows the X-authentik-* headers that told it who you are.
          3. Take {{DemoObjects.Username}} out of the group "{{DemoObjects.GroupName}}", as the administrator or from another terminal, and reload the page:

             curl -H "Authorization: Bearer $(cat {{data.TokenFile}})" --json '{"pk": {{objects.User}}}' \
               {{places.Server}}api/v3/core/groups/{{objects.Group}}/remove_user/

             The very next request is refused. (add_user in place of remove_user lets {{DemoObjects.Username}} in again.)

        Everything is kept in {{data.Root}}. Ctrl+C ends it all.
        """);
}
