package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.since2;

import dev.convoy.graph.composite.Interpolation;
import dev.convoy.importers.keras.internal.config.Json;
import dev.convoy.layers.CenterCrop;
import dev.convoy.layers.RandomAugmentation;
import dev.convoy.layers.RandomCrop;
import dev.convoy.layers.Rescaling;
import dev.convoy.layers.Resizing;
import dev.convoy.layers.Resizing.AspectRatio;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What prepares and augments pictures inside a model. */
final class ImageLayers {

    private static final String FAMILY = "Images";
    private static final int LARGEST = 1 << 15;

    private ImageLayers() {}

    static List<Mapping<?>> all() {
        List<Mapping<?>> mappings = new ArrayList<>(List.of(
                since2(FAMILY, Rescaling.class, ImageLayers::rescaling, ImageLayers::writeRescaling),
                since2(FAMILY, Resizing.class, ImageLayers::resizing, ImageLayers::writeResizing)
                        .limits("sizes up to " + LARGEST + "; padding with a constant"),
                since2(
                        FAMILY,
                        CenterCrop.class,
                        c -> new CenterCrop(size(c, "height"), size(c, "width"), c.layout()),
                        (l, c) -> c.put("height", l.height())
                                .put("width", l.width())
                                .layout(l.dataFormat())),
                since2(FAMILY, RandomCrop.class, ImageLayers::randomCrop, ImageLayers::writeRandomCrop)
                        .versions(2)));
        RandomAugmentation.CLASSES.stream()
                .sorted()
                .map(name -> since2(
                                FAMILY,
                                RandomAugmentation.class,
                                ImageLayers::augmentation,
                                ImageLayers::writeAugmentation)
                        .named(name)
                        .limits("inference only"))
                .forEach(mappings::add);
        return mappings;
    }

    private static Rescaling rescaling(LayerConfig c) {
        return new Rescaling(numbers(c, "scale", 1), numbers(c, "offset", 0));
    }

    private static List<Double> numbers(LayerConfig c, String key, double otherwise) {
        JsonNode value = c.value(key);
        if (!value.isArray()) {
            return List.of(c.number(key, otherwise));
        }
        List<Double> numbers = new ArrayList<>();
        for (JsonNode number : value) {
            if (!LayerConfig.isReal(number)) {
                throw c.wrong(key, "numbers", value);
            }
            numbers.add(number.doubleValue());
        }
        return numbers;
    }

    private static int size(LayerConfig c, String key) {
        int size = c.integer(key);
        if (size > LARGEST) {
            throw c.unsupported("a " + key + " of " + size);
        }
        return size;
    }

    private static Resizing resizing(LayerConfig c) {
        if (!c.text("fill_mode", "constant").equals("constant")) {
            throw c.unsupported("fill_mode " + c.text("fill_mode", ""));
        }
        boolean crop = c.flag("crop_to_aspect_ratio", false);
        boolean pad = c.flag("pad_to_aspect_ratio", false);
        return new Resizing(
                size(c, "height"),
                size(c, "width"),
                ShapeLayers.interpolation(c, Interpolation.BILINEAR),
                c.flag("antialias", false),
                crop ? AspectRatio.CROP : pad ? AspectRatio.PAD : AspectRatio.STRETCH,
                c.number("fill_value", 0),
                c.layout());
    }

    private static RandomCrop randomCrop(LayerConfig c) {
        if (c.version().major() > 2) {
            throw c.unsupported("RandomCrop, which versions of Keras 3 apply differently at inference,");
        }
        return new RandomCrop(size(c, "height"), size(c, "width"), c.layout());
    }

    private static RandomAugmentation augmentation(LayerConfig c) {
        c.ignoreAll();
        c.note(c.className() + " changes nothing at inference; to train, augment pictures before the model");
        return new RandomAugmentation(c.className(), c.settings());
    }

    private static void writeAugmentation(RandomAugmentation layer, ConfigWriter c) {
        c.require(
                !layer.settings().isEmpty(),
                layer.className() + " without settings",
                "give the settings that Keras' class takes, or leave the layer out");
        JsonNode settings = Json.tree(layer.settings());
        settings.properties().forEach(e -> c.put(e.getKey(), e.getValue()));
    }

    private static void writeRescaling(Rescaling layer, ConfigWriter c) {
        c.put("scale", numbers(layer.scale())).put("offset", numbers(layer.offset()));
    }

    private static JsonNode numbers(List<Double> values) {
        return Json.tree(values.size() == 1 ? values.getFirst() : values);
    }

    /** Keys that Keras 3.3 does not know are written where they matter. */
    private static void writeResizing(Resizing layer, ConfigWriter c) {
        c.put("height", layer.height())
                .put("width", layer.width())
                .put("interpolation", ShapeLayers.word(layer.interpolation()))
                .put("crop_to_aspect_ratio", layer.aspectRatio() == AspectRatio.CROP)
                .layout(layer.dataFormat());
        if (layer.aspectRatio() == AspectRatio.PAD) {
            c.put("pad_to_aspect_ratio", true).put("fill_mode", "constant").put("fill_value", layer.fillValue());
        }
        if (layer.antialias()) {
            c.put("antialias", true);
        }
    }

    private static void writeRandomCrop(RandomCrop layer, ConfigWriter c) {
        throw ConfigWriter.unsupported(
                "RandomCrop that does at inference what Keras 2 does", "use CenterCrop or Resizing instead");
    }
}
