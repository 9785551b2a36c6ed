return await Sidecar.ControlPlane.Server.CommandLine.RunAsync(args);
