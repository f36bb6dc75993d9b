package dev.convoy.data;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.stream.IntStream;

/** Makes data sets of arrays as NumPy users have them: any type of number, classes as {@code [n]} or {@code [n, 1]}. */
final class ArrayDatasets {

    private ArrayDatasets() {}

    /**
     * Bytes {@code [n, h, w]} and {@code [n, h, w, 1 or 3]} with class numbers become pictures; other inputs float32 with
     * the values that they have.
     *
     * @param source how to call the arrays in messages
     */
    static Dataset of(Tensor inputs, Tensor targets, String source) throws DatasetException {
        int rank = inputs.shape().rank();
        if (rank == 0
                || targets.shape().rank() == 0
                || inputs.shape().size(0) == 0
                || inputs.shape().size(0) != targets.shape().size(0)) {
            throw new DatasetException(
                    source,
                    "inputs " + inputs.spec() + " and targets " + targets.spec()
                            + " do not belong together; their first axes number the samples, at least one",
                    "save both of one data set");
        }
        boolean numbers = targets.shape().rank() == 1
                || targets.shape().rank() == 2 && targets.shape().size(1) == 1;
        boolean classes = numbers && isInteger(targets.type());
        int depth = rank == 4 ? inputs.shape().size(3) : 1;
        boolean pictures = inputs.type() == DataType.UINT8 && (rank == 3 || rank == 4) && (depth == 1 || depth == 3);
        if (classes && pictures && inputs.size() > 0) {
            return PictureDataset.of(inputs, classNumbers(targets, 0, source)).withSource(source);
        }
        Tensor wanted = classes
                ? Tensor.wrap(
                        TensorSpec.of(DataType.INT32, targets.size()), classNumbers(targets, Integer.MIN_VALUE, source))
                : floats(targets, source);
        return Dataset.of(floats(inputs, source), wanted);
    }

    private static boolean isInteger(DataType type) {
        return type == DataType.UINT8
                || type == DataType.INT8
                || type == DataType.INT32
                || type == DataType.INT64
                || type == DataType.BOOL;
    }

    private static int[] classNumbers(Tensor targets, int least, String source) throws DatasetException {
        int[] numbers = new int[targets.size()];
        for (int i = 0; i < numbers.length; i++) {
            double value = value(targets, i);
            numbers[i] = (int) value;
            if (numbers[i] != value || numbers[i] < least) {
                throw new DatasetException(
                        source, "target " + i + " is " + value + ", which is no class number", "number classes from 0");
            }
        }
        return numbers;
    }

    private static Tensor floats(Tensor tensor, String source) throws DatasetException {
        if (tensor.type() == DataType.FLOAT32) {
            return tensor;
        }
        if (!isInteger(tensor.type()) && tensor.type() != DataType.FLOAT64) {
            throw new DatasetException(
                    source, "arrays of " + tensor.type() + " are not taken", "save them with astype('float32')");
        }
        if (!Memory.holds(4L * tensor.size())) {
            throw new DatasetException(
                    source,
                    tensor.spec() + " needs " + Memory.mebibytes(4L * tensor.size()) + " as float32; "
                            + Memory.mebibytes(Memory.free()) + " are free",
                    "give Java more memory (-Xmx)");
        }
        float[] values = new float[tensor.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = (float) value(tensor, i));
        Shape shape = tensor.shape();
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, shape), values);
    }

    private static double value(Tensor tensor, int index) {
        if (tensor.array() instanceof byte[] bytes) {
            return tensor.type() == DataType.UINT8 ? Byte.toUnsignedInt(bytes[index]) : bytes[index];
        }
        return tensor.get(index);
    }
}
