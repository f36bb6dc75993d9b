package dev.convoy.importers.keras.internal.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Layout;
import dev.convoy.graph.composite.Interpolation;
import dev.convoy.importers.keras.RoundTrip;
import dev.convoy.layers.Activation;
import dev.convoy.layers.Activations;
import dev.convoy.layers.ActivityRegularization;
import dev.convoy.layers.Add;
import dev.convoy.layers.AlphaDropout;
import dev.convoy.layers.Average;
import dev.convoy.layers.AveragePooling1D;
import dev.convoy.layers.AveragePooling2D;
import dev.convoy.layers.AveragePooling3D;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.CenterCrop;
import dev.convoy.layers.Concatenate;
import dev.convoy.layers.Constraint;
import dev.convoy.layers.Conv1D;
import dev.convoy.layers.Conv1DTranspose;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Conv2DTranspose;
import dev.convoy.layers.Conv3D;
import dev.convoy.layers.Conv3DTranspose;
import dev.convoy.layers.ConvLayer;
import dev.convoy.layers.Cropping1D;
import dev.convoy.layers.Cropping2D;
import dev.convoy.layers.Cropping3D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.DepthwiseConv1D;
import dev.convoy.layers.DepthwiseConv2D;
import dev.convoy.layers.Dot;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.ELU;
import dev.convoy.layers.Embedding;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.GaussianDropout;
import dev.convoy.layers.GaussianNoise;
import dev.convoy.layers.GlobalAveragePooling1D;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.GlobalAveragePooling3D;
import dev.convoy.layers.GlobalMaxPooling1D;
import dev.convoy.layers.GlobalMaxPooling2D;
import dev.convoy.layers.GlobalMaxPooling3D;
import dev.convoy.layers.GroupNormalization;
import dev.convoy.layers.Identity;
import dev.convoy.layers.Initializers;
import dev.convoy.layers.Initializers.Distribution;
import dev.convoy.layers.Initializers.FanMode;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.LayerNormalization;
import dev.convoy.layers.LeakyReLU;
import dev.convoy.layers.Masking;
import dev.convoy.layers.MaxPooling1D;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.MaxPooling3D;
import dev.convoy.layers.Maximum;
import dev.convoy.layers.Minimum;
import dev.convoy.layers.Multiply;
import dev.convoy.layers.Normalization;
import dev.convoy.layers.PReLU;
import dev.convoy.layers.Padding;
import dev.convoy.layers.Permute;
import dev.convoy.layers.RMSNormalization;
import dev.convoy.layers.RandomAugmentation;
import dev.convoy.layers.ReLU;
import dev.convoy.layers.Regularizer;
import dev.convoy.layers.RepeatVector;
import dev.convoy.layers.Rescaling;
import dev.convoy.layers.Reshape;
import dev.convoy.layers.Resizing;
import dev.convoy.layers.Resizing.AspectRatio;
import dev.convoy.layers.SeparableConv1D;
import dev.convoy.layers.SeparableConv2D;
import dev.convoy.layers.Softmax;
import dev.convoy.layers.SpatialDropout1D;
import dev.convoy.layers.SpatialDropout2D;
import dev.convoy.layers.SpatialDropout3D;
import dev.convoy.layers.Subtract;
import dev.convoy.layers.ThresholdedReLU;
import dev.convoy.layers.TimeDistributed;
import dev.convoy.layers.UnitNormalization;
import dev.convoy.layers.UpSampling1D;
import dev.convoy.layers.UpSampling2D;
import dev.convoy.layers.UpSampling3D;
import dev.convoy.layers.Weight;
import dev.convoy.layers.ZeroPadding1D;
import dev.convoy.layers.ZeroPadding2D;
import dev.convoy.layers.ZeroPadding3D;
import dev.convoy.models.Functional;
import dev.convoy.models.LayerNode;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Symbol;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every class, with settings that are not the defaults, is the same when it is written and read again. */
class WrittenLayersTest {

    /** Merge of Keras 1 is written as what it is in Keras 2; RandomCrop is refused. */
    private static final Set<String> NOT_WRITTEN = Set.of("Merge", "RandomCrop");

    private static final int[] LINE = {8, 3};
    private static final int[] PICTURE = {9, 8, 3};
    private static final int[] VOLUME = {6, 5, 4, 3};

    private static final Map<String, Map<String, Object>> AUGMENTATIONS = Map.of(
            "RandomFlip", Map.of("mode", "horizontal"),
            "MixUp", Map.of("alpha", 0.3),
            "RandomColorJitter", Map.of("brightness_factor", 0.1),
            "RandomPosterization", Map.of("factor", 4),
            "RandomShear", Map.of("x_factor", 0.1),
            "RandomTranslation", new TreeMap<>(Map.of("height_factor", 0.1, "width_factor", List.of(-0.1, 0.2))),
            "RandomZoom", Map.of("height_factor", 0.1));

    @TempDir
    Path dir;

    /**
     * A layer and what it is called with.
     *
     * @param inputs without the batch
     */
    record Case(Layer layer, int[]... inputs) {

        Model model() {
            List<Symbol> symbols = new ArrayList<>();
            for (int[] shape : inputs) {
                boolean numbers = layer instanceof Embedding;
                symbols.add(Symbol.of(Input.of(shape)
                        .type(numbers ? DataType.INT32 : DataType.FLOAT32)
                        .named("x" + symbols.size())));
            }
            return Functional.of("one", symbols, Symbol.call(LayerNode.of(layer), symbols))
                    .initialized(3);
        }
    }

    private static final Weight WEIGHT = new Weight(
            new Initializers.VarianceScaling(3, FanMode.FAN_OUT, Distribution.NORMAL),
            new Regularizer.L1L2(0.1, 0.2),
            new Constraint.MaxNorm(3, List.of(0, 1)));

    private static final Weight BIAS =
            new Weight(new Initializers.RandomNormal(1, 2), Regularizer.l2(0.3), new Constraint.NonNegative());

    static List<Case> cases() {
        return Stream.of(
                        convolutions(),
                        pooling(),
                        core(),
                        shapes(),
                        activations(),
                        normalizations(),
                        merging(),
                        regularization(),
                        images())
                .flatMap(s -> s)
                .toList();
    }

    private static <T extends ConvLayer<T>> T filled(T layer) {
        return layer.padding(Padding.SAME)
                .strides(2)
                .activation(Activations.SELU)
                .kernel(WEIGHT)
                .bias(BIAS);
    }

    private static Stream<Case> convolutions() {
        return Stream.of(
                new Case(filled(Conv1D.of(4, 3)), LINE),
                new Case(Conv1D.of(4, 3).padding(Padding.CAUSAL).dilationRate(2).useBias(false), LINE),
                new Case(filled(Conv2D.of(6, 3, 2)).groups(3), PICTURE),
                new Case(Conv2D.of(4, 3).dataFormat(Layout.CHANNELS_FIRST), PICTURE),
                new Case(filled(Conv3D.of(4, 2)), VOLUME),
                new Case(filled(DepthwiseConv1D.of(3)).depthMultiplier(2), LINE),
                new Case(filled(DepthwiseConv2D.of(3)).depthMultiplier(2), PICTURE),
                new Case(filled(SeparableConv1D.of(4, 3)).depthMultiplier(2).depthwise(BIAS), LINE),
                new Case(filled(SeparableConv2D.of(4, 3)).depthwise(BIAS), PICTURE),
                new Case(filled(Conv1DTranspose.of(4, 3)), LINE),
                new Case(filled(Conv2DTranspose.of(4, 3)).outputPadding(1, 0), PICTURE),
                new Case(filled(Conv3DTranspose.of(4, 3)), VOLUME));
    }

    private static Stream<Case> pooling() {
        return Stream.of(
                new Case(MaxPooling1D.of(3).strides(2).padding(Padding.SAME), LINE),
                new Case(MaxPooling2D.of(3, 2).strides(1, 2), PICTURE),
                new Case(MaxPooling3D.of(2), VOLUME),
                new Case(AveragePooling1D.of(3).padding(Padding.SAME), LINE),
                new Case(AveragePooling2D.of(2).dataFormat(Layout.CHANNELS_FIRST), PICTURE),
                new Case(AveragePooling3D.of(2).strides(1), VOLUME),
                new Case(GlobalMaxPooling1D.of(), LINE),
                new Case(new GlobalMaxPooling2D(true, Layout.CHANNELS_FIRST), PICTURE),
                new Case(GlobalMaxPooling3D.of(), VOLUME),
                new Case(new GlobalAveragePooling1D(true, Layout.CHANNELS_LAST), LINE),
                new Case(GlobalAveragePooling2D.of(), PICTURE),
                new Case(GlobalAveragePooling3D.of(), VOLUME));
    }

    private static Stream<Case> core() {
        Dense dense = Dense.of(4)
                .activation(LeakyReLU.of(0.1))
                .kernel(WEIGHT.withConstraint(new Constraint.UnitNorm(List.of(0))))
                .bias(BIAS);
        return Stream.of(
                new Case(dense, LINE),
                new Case(Activation.of(Activations.MISH), LINE),
                new Case(Activation.of(new KerasSparsemax()), LINE),
                new Case(Activation.of(new ReLU(6, 0.1, 0.5)), LINE),
                new Case(Identity.of(), LINE),
                new Case(Embedding.of(9, 4).embeddings(Weight.of(new Initializers.Orthogonal(2))), new int[] {5}),
                new Case(Masking.of(0.5), LINE),
                new Case(TimeDistributed.of(Dense.of(2).kernel(Weight.of(new Initializers.Identity(2)))), LINE),
                new Case(TimeDistributed.of(BatchNormalization.of()), LINE));
    }

    private static Stream<Case> shapes() {
        return Stream.of(
                new Case(Flatten.of().dataFormat(Layout.CHANNELS_FIRST), PICTURE),
                new Case(Reshape.of(4, -1), LINE),
                new Case(Permute.of(2, 1), LINE),
                new Case(RepeatVector.of(3), new int[] {4}),
                new Case(ZeroPadding1D.of(List.of(1), List.of(2)), LINE),
                new Case(ZeroPadding2D.of(List.of(1, 2), List.of(3, 4)), PICTURE),
                new Case(ZeroPadding3D.of(1).dataFormat(Layout.CHANNELS_FIRST), VOLUME),
                new Case(Cropping1D.of(List.of(1), List.of(2)), LINE),
                new Case(Cropping2D.of(List.of(1, 2), List.of(3, 1)), PICTURE),
                new Case(Cropping3D.of(1), VOLUME),
                new Case(UpSampling1D.of(3), LINE),
                new Case(UpSampling2D.of(2, 3).interpolation(Interpolation.BILINEAR), PICTURE),
                new Case(UpSampling3D.of(2), VOLUME));
    }

    private static Stream<Case> activations() {
        return Stream.of(
                new Case(new ReLU(6, 0.1, 0.5), LINE),
                new Case(ReLU.of(), LINE),
                new Case(LeakyReLU.of(0.2), LINE),
                new Case(ELU.of(0.5), LINE),
                new Case(new PReLU(WEIGHT.withConstraint(null), List.of(1)), LINE),
                new Case(ThresholdedReLU.of(0.3), LINE),
                new Case(new Softmax(1), LINE));
    }

    private static Stream<Case> normalizations() {
        Weight gamma = Weight.of(new Initializers.RandomUniform(1, 2)).withRegularizer(Regularizer.l1(0.1));
        Weight beta = Weight.of(new Initializers.TruncatedNormal(0, 2));
        Tensor mean = Tensor.of(new float[] {1, 2, 3}, 3);
        return Stream.of(
                new Case(new BatchNormalization(1, 0.9, 1e-5, gamma, null), LINE),
                new Case(new LayerNormalization(List.of(1, 2), 1e-4, gamma, beta, false), LINE),
                new Case(new LayerNormalization(List.of(-1), 1e-4, gamma, null, true), LINE),
                new Case(new GroupNormalization(3, -1, 1e-4, null, beta), LINE),
                new Case(new RMSNormalization(List.of(-1), 1e-5, Weight.of(Initializers.ONES)), LINE),
                new Case(UnitNormalization.of(1, 2), LINE),
                new Case(Normalization.of(), LINE),
                new Case(new Normalization(List.of(-1), mean, mean, true), LINE),
                new Case(new Normalization(List.of(), Tensor.scalar(1.5f), Tensor.scalar(2f), false), LINE));
    }

    private static Stream<Case> merging() {
        return Stream.of(
                new Case(Add.of(), LINE, LINE, LINE),
                new Case(Subtract.of(), LINE, LINE),
                new Case(Multiply.of(), LINE, LINE),
                new Case(Average.of(), LINE, LINE),
                new Case(Maximum.of(), LINE, LINE),
                new Case(Minimum.of(), LINE, LINE),
                new Case(new Concatenate(1), LINE, LINE),
                new Case(new Dot(List.of(2, 2), true), LINE, LINE),
                new Case(new Dot(List.of(2, 1), false), LINE, new int[] {3, 5}));
    }

    private static Stream<Case> regularization() {
        return Stream.of(
                new Case(Dropout.of(0.4), LINE),
                new Case(new Dropout(0.4, List.of(1)), LINE),
                new Case(SpatialDropout1D.of(0.4), LINE),
                new Case(new SpatialDropout2D(0.4, Layout.CHANNELS_FIRST), PICTURE),
                new Case(new SpatialDropout3D(0.4, Layout.CHANNELS_LAST), VOLUME),
                new Case(new AlphaDropout(0.4, List.of(2)), LINE),
                new Case(GaussianDropout.of(0.4), LINE),
                new Case(GaussianNoise.of(0.4), LINE),
                new Case(ActivityRegularization.of(0.1, 0.2), LINE));
    }

    private static Stream<Case> images() {
        Stream<Case> others = Stream.of(
                new Case(Rescaling.of(2).offset(-1), PICTURE),
                new Case(Rescaling.of(1, 2, 3).offset(0.5, 0.25, 0), PICTURE),
                new Case(Resizing.of(4, 5), PICTURE),
                new Case(
                        new Resizing(4, 5, Interpolation.NEAREST, false, AspectRatio.PAD, 7, Layout.CHANNELS_LAST),
                        PICTURE),
                new Case(
                        new Resizing(4, 5, Interpolation.BILINEAR, true, AspectRatio.CROP, 0, Layout.CHANNELS_LAST),
                        PICTURE),
                new Case(CenterCrop.of(4, 5), PICTURE));
        Stream<Case> augmentations = RandomAugmentation.CLASSES.stream()
                .sorted()
                .map(name -> new Case(
                        new RandomAugmentation(
                                name, new LinkedHashMap<>(AUGMENTATIONS.getOrDefault(name, Map.of("factor", 0.1)))),
                        PICTURE));
        return Stream.concat(others, augmentations);
    }

    @Test
    void everyClassIsWrittenAndReadAgain() {
        Path file = dir.resolve("layer.keras");
        for (Case each : cases()) {
            Model model = each.model();
            model.save(file);
            RoundTrip.assertSame(model, Models.load(file));
        }
    }

    @Test
    void everyClassIsFoundByItsName() {
        List<String> names =
                KerasLayers.all().stream().<String>map(Mapping::className).toList();
        assertEquals(names.size(), Set.copyOf(names).size());
        assertEquals(
                names,
                names.stream()
                        .flatMap(name -> KerasLayers.find(name).stream())
                        .<String>map(Mapping::className)
                        .toList());
    }

    @Test
    void noClassIsForgotten() {
        Set<String> wanted = new TreeSet<>();
        KerasLayers.all().forEach(m -> wanted.add(m.className()));
        wanted.removeAll(NOT_WRITTEN);
        Set<String> covered = new TreeSet<>();
        cases().forEach(c -> covered.add(c.layer().className()));
        assertEquals(wanted, covered);
    }

    @Test
    void functionsAreWrittenAsCalls() {
        Symbol x = Symbol.of(Input.of(4).named("x"));
        Symbol y = Symbol.of(Input.of(4).named("y"));
        Symbol sum = x.to(new ArithmeticLayer("add", BinaryFn.ADD, Arrays.asList(null, null)), y);
        Symbol half = sum.to(new ArithmeticLayer("true_divide", BinaryFn.DIV, Arrays.asList(null, 2.0)));
        Symbol inverse = half.to(new ArithmeticLayer("power", BinaryFn.POW, Arrays.asList(2.0, null)));
        Symbol result = inverse;
        for (OpFunction function : OpFunction.values()) {
            result = result.to(Activation.of(function).named(function.name().toLowerCase(Locale.ROOT)));
        }
        Model model = Functional.of("functions", List.of(x, y), List.of(result));
        Path file = dir.resolve("functions.keras");

        model.save(file);

        RoundTrip.assertSame(model, Models.load(file));
    }
}
