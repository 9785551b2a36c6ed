return await Sidecar.Demo.Command.DemoCommand.RunAsync(args);
