namespace ReviewConsole.Features.Calendar;

/// <summary>Marks the words of calendars, rules of the clocks, alarms and messages: <c>CalendarText.resx</c>.</summary>
public sealed class CalendarText;
