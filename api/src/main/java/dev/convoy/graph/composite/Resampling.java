package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import java.util.List;

/** The rules by which {@link Resize} finds the elements of a longer or shorter axis. */
public sealed interface Resampling {

    /**
     * The rules of {@code tf.image.resize}: half-pixel centres, elements outside have no weight. As TensorFlow does, BICUBIC
     * without antialias rounds places to 1/1024.
     *
     * @param antialias whether kernels are stretched when an axis shrinks; without meaning for NEAREST and AREA
     */
    record TensorFlow(Interpolation method, boolean antialias) implements Resampling {}

    /**
     * The rules of ONNX 19 {@code Resize}.
     *
     * @param kernel what is made of the elements around a place
     * @param coordinates at what place of the operand a new element stands
     * @param scales of the axes that are resized, in their order; ONNX calculates with them where the sizes are rounded
     */
    record Onnx(Kernel kernel, Coordinates coordinates, List<Double> scales) implements Resampling {
        public Onnx {
            scales = List.copyOf(scales);
            Check.of("Resize").that(scales.stream().allMatch(s -> s > 0), "C4", "scales are positive", "> 0", scales);
        }
    }

    /** ONNX's {@code mode}, with the attributes that belong to it. */
    sealed interface Kernel {

        /** One element. */
        record Nearest(Rounding rounding) implements Kernel {}

        /**
         * Two neighbours along each axis.
         *
         * @param antialias whether more of them count when an axis shrinks
         * @param excludeOutside whether elements outside have no weight; else the edge repeats
         */
        record Linear(boolean antialias, boolean excludeOutside) implements Kernel {}

        /**
         * Four neighbours along each axis, by the cubic of Keys (1981).
         *
         * @param coefficient {@code a} of the cubic; ONNX -0.75, TensorFlow -0.5
         * @param antialias whether more of them count when an axis shrinks
         * @param excludeOutside whether elements outside have no weight; else the edge repeats
         */
        record Cubic(double coefficient, boolean antialias, boolean excludeOutside) implements Kernel {}
    }

    /** ONNX's {@code nearest_mode}: which neighbour a place between two elements means. */
    enum Rounding {
        /** The nearer one, the first if both are as near. */
        ROUND_PREFER_FLOOR,
        /** The nearer one, the second if both are as near. */
        ROUND_PREFER_CEIL,
        FLOOR,
        CEIL
    }

    /** ONNX's {@code coordinate_transformation_mode}. */
    sealed interface Coordinates {}

    /** Places that depend on the two lengths and the scale alone; i is the new element, {@code length = scale · old}. */
    enum Alignment implements Coordinates {
        /** {@code (i + 1/2) / scale - 1/2}. */
        HALF_PIXEL,
        /** HALF_PIXEL, moved so that the middles agree where the new length is rounded. */
        HALF_PIXEL_SYMMETRIC,
        /** HALF_PIXEL, and 0 where the new length is 1. */
        PYTORCH_HALF_PIXEL,
        /** {@code i · (old - 1) / (length - 1)}; ONNX Runtime takes the rounded length. */
        ALIGN_CORNERS,
        /** {@code i / scale}. */
        ASYMMETRIC,
        /** {@code (i + 1/2) / scale}; ONNX 11 and 13. */
        TF_HALF_PIXEL_FOR_NN
    }

    /**
     * Places in a part of each axis: {@code tf_crop_and_resize}.
     *
     * @param starts of the part in each axis, as fractions of its last index
     * @param ends of the part
     * @param outside what stands for places that the operand does not have
     */
    record CropAndResize(List<Double> starts, List<Double> ends, double outside) implements Coordinates {
        public CropAndResize {
            starts = List.copyOf(starts);
            ends = List.copyOf(ends);
        }
    }
}
