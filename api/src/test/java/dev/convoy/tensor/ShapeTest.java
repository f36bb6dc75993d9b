package dev.convoy.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapeTest {

    private static final Shape SHAPE = Shape.of(2, 3, 4);
    private static final Shape NAMED = Shape.of(3, 4).prepend(Dim.named("batch"));

    @Test
    void axesCountFromBothEnds() {
        assertEquals(4, SHAPE.size(-1));
        assertEquals(2, SHAPE.size(-3));
        assertEquals(1, SHAPE.axis(-2));
        IndexOutOfBoundsException e = assertThrows(IndexOutOfBoundsException.class, () -> SHAPE.size(3));
        assertEquals("Axis 3 is outside [-3, 3) for shape [2, 3, 4]", e.getMessage());
    }

    @Test
    void elementsAndStrides() {
        assertEquals(24, SHAPE.elements());
        assertEquals(1, Shape.SCALAR.elements());
        assertEquals(0, Shape.of(2, 0).elements());
        assertArrayEquals(new int[] {12, 4, 1}, SHAPE.strides());
        assertArrayEquals(new int[0], Shape.SCALAR.strides());
        Shape huge = Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertThrows(ArithmeticException.class, huge::elements);
        assertThrows(ArithmeticException.class, huge::strides);
    }

    @Test
    void sizesAreNotNegative() {
        assertThrows(IllegalArgumentException.class, () -> Shape.of(2, -1));
        assertThrows(IllegalArgumentException.class, () -> Dim.named(" "));
        assertThrows(IllegalArgumentException.class, () -> new Dim(3, "batch"));
    }

    @Test
    void namedDimensionsAreBoundLater() {
        assertFalse(NAMED.isKnown());
        assertEquals("[batch, 3, 4]", NAMED.toString());
        IllegalStateException e = assertThrows(IllegalStateException.class, NAMED::elements);
        assertEquals("Dimension 'batch' of [batch, 3, 4] is not known here; bind it to a size first", e.getMessage());
        assertEquals(Shape.of(7, 3, 4), NAMED.bind(Map.of("batch", 7)));
        assertEquals(NAMED, NAMED.bind(Map.of("time", 7)));
        assertArrayEquals(new int[] {12, 4, 1}, NAMED.strides());
    }

    @Test
    void derivesOthers() {
        assertEquals(Shape.of(2, 9, 4), SHAPE.with(-2, 9));
        assertEquals(Shape.of(3, 4), SHAPE.slice(1, 3));
        assertEquals(Shape.of(2, 3, 4, 5), SHAPE.concat(Shape.of(5)));
        assertEquals(Shape.of(4, 2, 3), SHAPE.permute(List.of(2, 0, 1)));
        assertEquals(Shape.of(List.of(2, 3, 4)), SHAPE);
    }

    @Test
    void specsAcceptWhatMatchesTheirNames() {
        TensorSpec wanted = new TensorSpec(DataType.FLOAT32, NAMED);
        assertTrue(wanted.accepts(TensorSpec.float32(9, 3, 4)));
        assertFalse(wanted.accepts(TensorSpec.float32(9, 3, 5)));
        assertFalse(wanted.accepts(TensorSpec.float32(3, 4)));
        assertFalse(wanted.accepts(TensorSpec.of(DataType.INT32, 9, 3, 4)));
        assertEquals("float32[batch, 3, 4]", wanted.toString());
    }
}
