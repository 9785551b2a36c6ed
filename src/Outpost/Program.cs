using Sidecar.Outpost.Hosting;

return await Commands.RunAsync(args);
