using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace ReviewConsole.Photos;

/// <summary>The four models, loaded once and shared by all threads. The only file that touches the inference runtime.</summary>
internal sealed class Inference : IDisposable
{
    private readonly SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };

    public Inference()
    {
        FullRange = new Model("face_detection_full_range", options);
        ShortRange = new Model("face_detection_short_range", options);
        Mesh = new Model("face_landmark", options);
        Person = new Model("selfie_segmentation", options);
    }

    /// <summary>Face detector for small faces: 192×192, RGB −1…1.</summary>
    public Model FullRange { get; }

    /// <summary>Face detector for large faces: 128×128, RGB −1…1.</summary>
    public Model ShortRange { get; }

    /// <summary>468 face landmarks and a face flag: 192×192, RGB 0…1.</summary>
    public Model Mesh { get; }

    /// <summary>Person against background: 256×256, RGB 0…1.</summary>
    public Model Person { get; }

    /// <summary>The models by name, each with the first 12 digits of its SHA-256.</summary>
    public IReadOnlyDictionary<string, string> Versions => new[] { FullRange, ShortRange, Mesh, Person }.ToDictionary(model => model.Name, model => model.Version, StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        FullRange.Dispose();
        ShortRange.Dispose();
        Mesh.Dispose();
        Person.Dispose();
        options.Dispose();
    }

    /// <summary>One model. A run owns its buffers, so any number may be under way; the buffers are used again.</summary>
    internal sealed class Model : IDisposable
    {
        private readonly InferenceSession session;
        private readonly ConcurrentBag<Run> idle = [];

        public Model(string name, SessionOptions options)
        {
            using var stream = typeof(Model).Assembly.GetManifestResourceStream($"Models/{name}.onnx")
                ?? throw new InvalidOperationException($"The model {name} is not embedded.");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            session = new InferenceSession(bytes, options);
            (Name, Version) = (name, Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]);
            Side = session.InputMetadata["input"].Dimensions[1];
        }

        /// <summary>Name of its file.</summary>
        public string Name { get; }

        /// <summary>First 12 digits of the file's SHA-256.</summary>
        public string Version { get; }

        /// <summary>Width and height of the input in pixels; the input is Side × Side × 3 floats, row by row.</summary>
        public int Side { get; }

        /// <summary>Buffers for one run; dispose to hand them back.</summary>
        public Run Rent() => idle.TryTake(out var run) ? run : new Run(this, session);

        public void Dispose()
        {
            while (idle.TryTake(out var run))
            {
                run.Free();
            }

            session.Dispose();
        }

        internal void Return(Run run) => idle.Add(run);
    }

    /// <summary>Input and outputs of one run of a model.</summary>
    internal sealed class Run : IDisposable
    {
        private static readonly string[] InputNames = ["input"];
        private static readonly RunOptions Options = new();
        private readonly Model model;
        private readonly InferenceSession session;
        private readonly OrtValue[] inputs;
        private readonly OrtValue[] outputs;
        private readonly string[] outputNames;
        private readonly float[][] results;

        internal Run(Model model, InferenceSession session)
        {
            (this.model, this.session) = (model, session);
            Input = new float[model.Side * model.Side * 3];
            inputs = [OrtValue.CreateTensorValueFromMemory(Input, [1, model.Side, model.Side, 3])];
            outputNames = [.. session.OutputMetadata.Keys];
            results = new float[outputNames.Length][];
            outputs = new OrtValue[outputNames.Length];
            for (var i = 0; i < outputs.Length; i++)
            {
                var shape = Array.ConvertAll(session.OutputMetadata[outputNames[i]].Dimensions, size => (long)size);
                var length = 1L;
                foreach (var size in shape)
                {
                    length *= size;
                }

                results[i] = new float[length];
                outputs[i] = OrtValue.CreateTensorValueFromMemory(results[i], shape);
            }
        }

        /// <summary>To be filled before <see cref="Execute"/>.</summary>
        public float[] Input { get; }

        public void Execute() => session.Run(Options, InputNames, inputs, outputNames, outputs);

        /// <summary>The output with <paramref name="length"/> values: the models' outputs all differ in length.</summary>
        public ReadOnlySpan<float> Output(int length) => Array.Find(results, result => result.Length == length);

        public void Dispose() => model.Return(this);

        internal void Free()
        {
            foreach (var value in inputs)
            {
                value.Dispose();
            }

            foreach (var value in outputs)
            {
                value.Dispose();
            }
        }
    }
}
