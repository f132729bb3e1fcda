using SkiaSharp;

namespace ReviewConsole.Photos.Drawn;

/// <summary>
/// One drawn person in units of the head's length: the hair begins at y = 0, the chin is at y = 1, x = 0 is the middle. Soft shades do the work: line drawings are not seen as faces.
/// </summary>
internal sealed class DrawnPerson
{
    private static readonly uint[] Skins = [0xFFF3D2BA, 0xFFEEC8AB, 0xFFE6BA98, 0xFFDBA983, 0xFFF6DAC6, 0xFFD49E78];
    private static readonly uint[] Hairs = [0xFF1B1715, 0xFF241C18, 0xFF2E231D, 0xFF3A2B22, 0xFF15151A, 0xFF4A4542];
    private static readonly uint[] Clothes = [0xFF26364F, 0xFF34513F, 0xFF4A2F5B, 0xFF27304A, 0xFF46517A, 0xFF3F5163, 0xFF1F4B53, 0xFF5A6F86];
    private readonly DrawnPortraitOptions options;
    private readonly Random random;
    private readonly SKColor skin;
    private readonly SKColor hair;
    private readonly SKColor cloth;
    private readonly SKColor shade;
    private readonly float half;
    private readonly float cheek;
    private readonly float jaw;
    private readonly float eyeY;
    private readonly float eyeX;
    private readonly float hairline;
    private readonly float part;
    private readonly bool woman;
    private readonly bool collar;

    public DrawnPerson(int seed, float widthToLength, DrawnPortraitOptions options)
    {
        this.options = options;
        random = new Random(seed);
        skin = Skins[random.Next(Skins.Length)];
        hair = Hairs[random.Next(Hairs.Length)];
        cloth = Clothes[random.Next(Clothes.Length)];
        woman = random.Next(2) == 0;
        collar = random.Next(3) > 0;
        shade = Mix(skin, new SKColor(0xFF6B3A2A), 0.55f);
        half = widthToLength / 2;
        cheek = half - 0.042f;
        jaw = Vary(woman ? 0.66f : 0.74f, 0.05f);
        eyeY = Vary(0.535f, 0.01f);
        eyeX = cheek * Vary(0.47f, 0.02f);
        hairline = Vary(0.215f, 0.025f);
        part = Vary(0, 0.12f);
    }

    public void DrawBody(SKCanvas canvas)
    {
        if (options.HairOverEars)
        {
            Fill(canvas, hair, 0.01f, path => path.AddRoundRect(new SKRect(-half * 1.22f, 0.25f, half * 1.22f, 1.28f), 0.25f, 0.3f));
        }

        else if (woman && random.Next(2) == 0)
        {
            // Long hair behind the ears: at ear height it stays inside the outline of the head.
            Fill(canvas, Mix(hair, SKColors.Black, 0.2f), 0.004f, path => path.AddRoundRect(new SKRect(-half * 0.72f, 0.3f, half * 0.72f, Vary(1.2f, 0.05f)), 0.2f, 0.25f));
        }

        var neck = cheek * (woman ? 0.56f : 0.68f);
        using var throat = Path(path =>
        {
            path.MoveTo(-neck, 0.78f);
            path.LineTo(neck, 0.78f);
            path.CubicTo(neck, 1.1f, neck * 1.1f, 1.16f, neck * 1.7f, 1.24f);
            path.LineTo(0, 1.5f);
            path.LineTo(-neck * 1.7f, 1.24f);
            path.CubicTo(-neck * 1.1f, 1.16f, -neck, 1.1f, -neck, 0.78f);
        });
        using (var paint = new SKPaint { Color = Mix(skin, shade, 0.25f), IsAntialias = true })
        {
            canvas.DrawPath(throat, paint);
        }

        canvas.Save();
        canvas.ClipPath(throat, antialias: true);
        Blob(canvas, shade.WithAlpha(150), 0.03f, 0, 1.02f, neck * 1.05f, 0.1f);
        canvas.Restore();
        var shoulder = Vary(0.78f, 0.06f);
        using var clothes = Path(path =>
        {
            path.MoveTo(-neck * 1.25f, 1.14f);
            path.CubicTo(-shoulder * 0.7f, 1.22f, -shoulder, 1.24f, -shoulder * 1.1f, 1.7f);
            path.LineTo(shoulder * 1.1f, 1.7f);
            path.CubicTo(shoulder, 1.24f, shoulder * 0.7f, 1.22f, neck * 1.25f, 1.14f);
            path.LineTo(0, collar ? 1.36f : 1.24f);
            path.Close();
        });
        using (var paint = new SKPaint { IsAntialias = true })
        {
            paint.Shader = SKShader.CreateLinearGradient(
                new SKPoint(-shoulder, 1.2f), new SKPoint(shoulder, 1.5f), [Mix(cloth, SKColors.White, 0.12f), cloth, Mix(cloth, SKColors.Black, 0.3f)], SKShaderTileMode.Clamp);
            canvas.DrawPath(clothes, paint);
        }

        if (!collar)
        {
            return;
        }

        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            Fill(canvas, Mix(cloth, SKColors.White, 0.55f), 0, path =>
            {
                path.MoveTo(side * neck * 1.28f, 1.1f);
                path.LineTo(side * neck * 1.7f, 1.22f);
                path.LineTo(side * neck * 0.8f, 1.38f);
                path.LineTo(0, 1.33f);
                path.Close();
            });
        }
    }

    public void DrawHead(SKCanvas canvas)
    {
        DrawEars(canvas);
        DrawSkull(canvas);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            DrawEye(canvas, side);
            DrawBrow(canvas, side);
        }

        DrawNose(canvas);
        DrawMouth(canvas);
        DrawHair(canvas);
        if (options.DarkGlasses)
        {
            DrawGlasses(canvas);
        }
    }

    private void DrawEars(SKCanvas canvas)
    {
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var x = side * (half - 0.032f);
            Fill(canvas, Mix(skin, shade, 0.18f), 0, path => path.AddOval(new SKRect(x - 0.032f, eyeY - 0.03f, x + 0.032f, eyeY + 0.165f)));
            Blob(canvas, shade.WithAlpha(110), 0.008f, x - (side * 0.004f), eyeY + 0.06f, 0.014f, 0.06f);
        }
    }

    private SKPath Skull() => Path(path =>
    {
        float low = cheek * jaw, mouth = 0.84f;
        path.MoveTo(0, 0.06f);
        path.CubicTo(-cheek * 0.75f, 0.06f, -cheek * 1.02f, 0.25f, -cheek, 0.5f);
        path.CubicTo(-cheek, 0.66f, -cheek * 0.94f, 0.74f, -low, mouth);
        path.CubicTo(-low * 0.8f, 0.93f, -low * 0.45f, 1, 0, 1);
        path.CubicTo(low * 0.45f, 1, low * 0.8f, 0.93f, low, mouth);
        path.CubicTo(cheek * 0.94f, 0.74f, cheek, 0.66f, cheek, 0.5f);
        path.CubicTo(cheek * 1.02f, 0.25f, cheek * 0.75f, 0.06f, 0, 0.06f);
    });

    private void DrawSkull(SKCanvas canvas)
    {
        using var skull = Skull();
        using (var paint = new SKPaint { IsAntialias = true })
        {
            paint.Shader = SKShader.CreateRadialGradient(
                new SKPoint(-0.03f, 0.52f), 0.62f, [Mix(skin, SKColors.White, 0.14f), skin, Mix(skin, shade, 0.5f)], [0, 0.45f, 1], SKShaderTileMode.Clamp);
            canvas.DrawPath(skull, paint);
        }

        canvas.Save();
        canvas.ClipPath(skull, antialias: true);
        using (var rim = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 0.05f, Color = shade.WithAlpha(120), MaskFilter = Soft(0.025f) })
        {
            canvas.DrawPath(skull, rim);
        }

        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            Blob(canvas, new SKColor(0xFFD9705F).WithAlpha(42), 0.04f, side * cheek * 0.55f, 0.7f, 0.07f, 0.05f);
            Blob(canvas, shade.WithAlpha(70), 0.03f, side * cheek * 0.78f, 0.82f, 0.035f, 0.1f);
        }

        Blob(canvas, Mix(skin, SKColors.White, 0.5f).WithAlpha(90), 0.05f, -0.03f, 0.33f, 0.1f, 0.05f);
        Blob(canvas, Mix(skin, SKColors.White, 0.4f).WithAlpha(70), 0.02f, 0, 0.935f, 0.04f, 0.025f);
        canvas.Restore();
    }

    private void DrawEye(SKCanvas canvas, int side)
    {
        var x = side * eyeX;
        float wide = 0.062f, open = Vary(0.023f, 0.003f);
        Blob(canvas, shade.WithAlpha(105), 0.02f, x, eyeY - 0.024f, 0.072f, 0.026f);
        Blob(canvas, shade.WithAlpha(60), 0.014f, x, eyeY + 0.042f, 0.06f, 0.012f);
        if (options.EyesClosed)
        {
            Stroke(canvas, Mix(hair, SKColors.Black, 0.4f), 0.007f, path =>
            {
                path.MoveTo(x - wide, eyeY + 0.012f);
                path.QuadTo(x, eyeY + 0.018f, x + wide, eyeY + 0.012f);
            });
            return;
        }

        using var lids = Path(path =>
        {
            path.MoveTo(x - wide, eyeY + (0.004f * side));
            path.QuadTo(x, eyeY - (open * 2), x + wide, eyeY - (0.004f * side));
            path.QuadTo(x, eyeY + (open * 1.6f), x - wide, eyeY + (0.004f * side));
        });
        canvas.Save();
        canvas.ClipPath(lids, antialias: true);
        canvas.DrawColor(new SKColor(0xFFF1ECE8));
        Blob(canvas, new SKColor(0xFF33211A), 0.001f, x, eyeY - 0.003f, 0.0275f, 0.0275f);
        Blob(canvas, new SKColor(0xFF0C0807), 0.001f, x, eyeY - 0.003f, 0.013f, 0.013f);
        Blob(canvas, SKColors.White.WithAlpha(230), 0.001f, x - 0.009f, eyeY - 0.012f, 0.005f, 0.005f);
        Blob(canvas, new SKColor(0xFF40291F).WithAlpha(120), 0.006f, x, eyeY - (open * 1.1f), wide, 0.006f);
        canvas.Restore();
        Stroke(canvas, Mix(hair, SKColors.Black, 0.4f), 0.0085f, path =>
        {
            path.MoveTo(x - wide, eyeY + (0.004f * side));
            path.QuadTo(x, eyeY - (open * 2) - 0.002f, x + wide, eyeY - (0.004f * side));
        });
        Stroke(canvas, shade.WithAlpha(150), 0.004f, path =>
        {
            path.MoveTo(x - (wide * 0.9f), eyeY + 0.004f);
            path.QuadTo(x, eyeY + (open * 1.6f) + 0.002f, x + (wide * 0.9f), eyeY + 0.004f);
        });
        Stroke(canvas, shade.WithAlpha(120), 0.004f, path =>
        {
            path.MoveTo(x - (wide * 0.9f), eyeY - 0.014f);
            path.QuadTo(x, eyeY - (open * 2) - 0.022f, x + (wide * 0.95f), eyeY - 0.014f);
        });
    }

    private void DrawBrow(SKCanvas canvas, int side)
    {
        float y = eyeY - Vary(0.082f, 0.005f), thick = woman ? 0.007f : 0.0105f;
        for (var i = 0; i < 40; i++)
        {
            var t = i / 39f;
            float x = side * (eyeX - 0.07f + (0.145f * t)), arch = y - (0.022f * MathF.Sin(t * 2.4f)) + Vary(0, thick);
            Stroke(canvas, hair.WithAlpha(150), 0.0045f, path =>
            {
                path.MoveTo(x, arch);
                path.LineTo(x + (side * 0.022f), arch - 0.008f + (0.012f * t));
            });
        }
    }

    private void DrawNose(SKCanvas canvas)
    {
        var tip = 0.715f;
        Blob(canvas, shade.WithAlpha(75), 0.014f, 0.034f, 0.61f, 0.012f, 0.085f);
        Blob(canvas, shade.WithAlpha(45), 0.014f, -0.036f, 0.6f, 0.01f, 0.08f);
        Blob(canvas, Mix(skin, SKColors.White, 0.6f).WithAlpha(130), 0.01f, -0.004f, 0.62f, 0.009f, 0.085f);
        Blob(canvas, Mix(skin, SKColors.White, 0.7f).WithAlpha(140), 0.008f, -0.006f, tip - 0.012f, 0.014f, 0.012f);
        Blob(canvas, shade.WithAlpha(115), 0.01f, 0, tip + 0.027f, 0.055f, 0.008f);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            Blob(canvas, new SKColor(0xFF4A2419).WithAlpha(190), 0.004f, side * 0.027f, tip + 0.018f, 0.013f, 0.0065f);
            Stroke(canvas, shade.WithAlpha(150), 0.006f, path =>
            {
                path.MoveTo(side * 0.052f, tip - 0.03f);
                path.QuadTo(side * 0.07f, tip + 0.012f, side * 0.044f, tip + 0.02f);
            });
        }
    }

    private void DrawMouth(SKCanvas canvas)
    {
        float y = 0.825f, wide = Vary(0.098f, 0.008f);
        var lip = Mix(skin, new SKColor(0xFFAE4A48), woman ? 0.62f : 0.45f);
        Fill(canvas, Mix(lip, shade, 0.25f), 0.003f, path =>
        {
            path.MoveTo(-wide, y);
            path.CubicTo(-wide * 0.5f, y - 0.018f, -0.02f, y - 0.034f, 0, y - 0.022f);
            path.CubicTo(0.02f, y - 0.034f, wide * 0.5f, y - 0.018f, wide, y);
            path.Close();
        });
        Fill(canvas, lip, 0.003f, path =>
        {
            path.MoveTo(-wide, y);
            path.CubicTo(-wide * 0.5f, y + 0.042f, wide * 0.5f, y + 0.042f, wide, y);
            path.Close();
        });
        Blob(canvas, Mix(lip, SKColors.White, 0.55f).WithAlpha(110), 0.006f, 0, y + 0.016f, 0.035f, 0.006f);
        Stroke(canvas, new SKColor(0xFF5A2622).WithAlpha(210), 0.005f, path =>
        {
            path.MoveTo(-wide, y);
            path.QuadTo(-wide * 0.3f, y + 0.005f, 0, y);
            path.QuadTo(wide * 0.3f, y + 0.005f, wide, y);
        });
        Blob(canvas, shade.WithAlpha(95), 0.012f, 0, y + 0.056f, 0.055f, 0.01f);
    }

    private void DrawHair(SKCanvas canvas)
    {
        var side = options.HairOverEars ? 1.1f : 1;
        using var cap = Path(path =>
        {
            float outer = (cheek + 0.016f) * side, low = options.HairOverEars ? 1.1f : eyeY - 0.045f;
            path.MoveTo(-outer, low);
            path.CubicTo(-outer * 1.12f, 0.16f, -outer * 0.62f, 0, 0, 0);
            path.CubicTo(outer * 0.62f, 0, outer * 1.12f, 0.16f, outer, low);
            path.QuadTo(outer * 0.99f, low + 0.035f, cheek * 0.95f, low - 0.06f);
            path.CubicTo(cheek * 0.96f, 0.36f, cheek * 0.86f, hairline + 0.03f, part + 0.04f, hairline);
            path.CubicTo(part - 0.06f, hairline - 0.015f, -cheek * 0.9f, hairline + 0.06f, -cheek * 0.95f, low - 0.06f);
            path.QuadTo(-outer * 0.99f, low + 0.035f, -outer, low);
            path.Close();
        });
        using (var paint = new SKPaint { IsAntialias = true })
        {
            paint.Shader = SKShader.CreateLinearGradient(
                new SKPoint(-half, 0), new SKPoint(half, 0.4f), [Mix(hair, SKColors.White, 0.16f), hair, Mix(hair, SKColors.Black, 0.35f)], SKShaderTileMode.Clamp);
            canvas.DrawPath(cap, paint);
        }

        using (var edge = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 0.02f, Color = hair.WithAlpha(70), MaskFilter = Soft(0.012f) })
        {
            canvas.Save();
            using var skull = Skull();
            canvas.ClipPath(skull, antialias: true);
            canvas.DrawPath(cap, edge);
            canvas.Restore();
        }

        canvas.Save();
        canvas.ClipPath(cap, antialias: true);
        for (var i = 0; i < 260; i++)
        {
            var from = part + Vary(0, 0.03f);
            var to = Vary(0, cheek * 1.1f);
            var tone = random.NextSingle() < 0.5f ? Mix(hair, SKColors.White, 0.2f) : Mix(hair, SKColors.Black, 0.5f);
            Stroke(canvas, tone.WithAlpha(70), 0.0035f, path =>
            {
                path.MoveTo(from + (to * 0.2f), Vary(0.05f, 0.05f));
                path.QuadTo(to * 0.9f, Vary(0.08f, 0.04f), to * 1.15f, Vary(0.34f, 0.12f));
            });
        }

        canvas.Restore();
    }

    private void DrawGlasses(SKCanvas canvas)
    {
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var x = side * eyeX;
            Fill(canvas, new SKColor(0xFF121214), 0, path => path.AddRoundRect(new SKRect(x - 0.1f, eyeY - 0.06f, x + 0.1f, eyeY + 0.065f), 0.03f, 0.03f));
        }

        Stroke(canvas, new SKColor(0xFF121214), 0.014f, path =>
        {
            path.MoveTo(-cheek, eyeY - 0.02f);
            path.LineTo(cheek, eyeY - 0.02f);
        });
    }

    private static SKPath Path(Action<SKPathBuilder> draw)
    {
        using var path = new SKPathBuilder();
        draw(path);
        return path.Detach();
    }

    private static SKMaskFilter Soft(float sigma) => SKMaskFilter.CreateBlur(SKBlurStyle.Normal, sigma);

    private static void Fill(SKCanvas canvas, SKColor colour, float soft, Action<SKPathBuilder> draw)
    {
        using var path = Path(draw);
        using var paint = new SKPaint { Color = colour, IsAntialias = true, MaskFilter = soft > 0 ? Soft(soft) : null };
        canvas.DrawPath(path, paint);
    }

    private static void Stroke(SKCanvas canvas, SKColor colour, float width, Action<SKPathBuilder> draw)
    {
        using var path = Path(draw);
        using var paint = new SKPaint { Color = colour, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = width, StrokeCap = SKStrokeCap.Round };
        canvas.DrawPath(path, paint);
    }

    /// <summary>A soft ellipse.</summary>
    private static void Blob(SKCanvas canvas, SKColor colour, float soft, float x, float y, float radiusX, float radiusY)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true, MaskFilter = Soft(soft) };
        canvas.DrawOval(x, y, radiusX, radiusY, paint);
    }

    private static SKColor Mix(SKColor a, SKColor b, float share) => new(
        (byte)(a.Red + ((b.Red - a.Red) * share)), (byte)(a.Green + ((b.Green - a.Green) * share)), (byte)(a.Blue + ((b.Blue - a.Blue) * share)), a.Alpha);

    private float Vary(float middle, float by) => middle + (((random.NextSingle() * 2) - 1) * by);
}
