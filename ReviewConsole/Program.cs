using ReviewConsole.Shell;

return await ReviewConsoleApp.Run(args);

/// <summary>The program: a verb of the command line, or the web application.</summary>
public partial class Program;
