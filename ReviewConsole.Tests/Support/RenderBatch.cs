using System.Buffers.Binary;
using System.Text;

namespace ReviewConsole.Tests.Support;

/// <summary>What the server sends a page to be shown: its changes, and with them the handlers of clicks.</summary>
public readonly ref struct RenderBatch
{
    private const int FrameSize = 20;
    private const int EditSize = 16;
    private const int Prepended = 1;
    private const int AttributeSet = 3;
    private const int Element = 1;
    private const int Attribute = 3;
    private const int Component = 4;
    private const int Region = 5;
    private readonly ReadOnlySpan<byte> data;

    /// <summary>Reads it.</summary>
    public RenderBatch(ReadOnlySpan<byte> data)
    {
        this.data = data;
        List<Click> clicks = [];
        var components = Int(data.Length - 20);
        for (var i = 0; i < Int(components); i++)
        {
            var diff = Int(components + 4 + (4 * i));
            var edits = Int(diff + 4);
            Changes |= edits > 0;
            for (var e = 0; e < edits; e++)
            {
                var edit = diff + 8 + (e * EditSize);
                if (Int(edit) is Prepended or AttributeSet)
                    Read(Int(diff), Int(edit + 8), clicks);
            }
        }

        Clicks = clicks;
    }

    /// <summary>True where anything on the page changes; a component that came to the same as before changes nothing.</summary>
    public bool Changes { get; }

    /// <summary>Handlers of clicks that are new.</summary>
    public IReadOnlyList<Click> Clicks { get; }

    /// <summary>True where the words are among what is new.</summary>
    public bool Says(string words) => data.IndexOf(Encoding.UTF8.GetBytes(words)) >= 0;

    // A frame with everything below it, or one attribute.
    private void Read(int component, int frame, List<Click> clicks)
    {
        var (start, end) = (At(frame), At(frame) + FrameSize);
        if (Int(start) is Element or Component or Region)
            end = At(frame + Int(start + 4));
        string? name = null;
        for (var at = start; at < end; at += FrameSize)
        {
            if (Int(at) == Element)
                name = null;
            if (Int(at) != Attribute)
                continue;
            switch (Text(Int(at + 4)))
            {
                case "data-testid":
                    name = Text(Int(at + 8));
                    break;
                case "onclick":
                    clicks.Add(new(component, name ?? NameAfter(at, end), BinaryPrimitives.ReadUInt64LittleEndian(data[(at + 12)..])));
                    break;
            }
        }
    }

    // The element's name may stand after its handler.
    private string? NameAfter(int at, int end)
    {
        for (at += FrameSize; at < end && Int(at) == Attribute; at += FrameSize)
        {
            if (Text(Int(at + 4)) == "data-testid")
                return Text(Int(at + 8));
        }

        return null;
    }

    private int At(int frame) => Int(data.Length - 16) + 4 + (frame * FrameSize);

    private int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(data[at..]);

    private string? Text(int index)
    {
        if (index < 0)
            return null;
        var at = Int(Int(data.Length - 4) + (4 * index));
        var (length, shift) = (0, 0);
        byte part;
        do
        {
            part = data[at++];
            length |= (part & 0x7f) << shift;
            shift += 7;
        }
        while (part > 0x7f);
        return Encoding.UTF8.GetString(data.Slice(at, length));
    }
}

/// <summary>The handler of clicks on an element.</summary>
/// <param name="Component">Number of the component that the element stands in.</param>
/// <param name="Name">The element's <c>data-testid</c>; null where only the handler is new.</param>
/// <param name="Handler">Number of the handler.</param>
public sealed record Click(int Component, string? Name, ulong Handler);
