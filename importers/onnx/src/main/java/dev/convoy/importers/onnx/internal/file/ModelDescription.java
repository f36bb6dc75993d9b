package dev.convoy.importers.onnx.internal.file;

import java.util.List;

/**
 * A model.
 *
 * @param format {@code ONNX, IR 8, opset 17, PyTorch 2.0.0} for example
 * @param opset of ONNX's own domain
 * @param unreadable what of the file cannot be read
 */
public record ModelDescription(
        String format, long irVersion, int opset, GraphDescription graph, List<Unreadable> unreadable) {

    public ModelDescription {
        unreadable = List.copyOf(unreadable);
    }
}
