/** How the ONNX importer works; see {@code docs/onnx.md}. */
@NullMarked
package dev.convoy.importers.onnx.internal;

import org.jspecify.annotations.NullMarked;
