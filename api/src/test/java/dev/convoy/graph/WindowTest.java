package dev.convoy.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    /** Sizes of {@code torch.nn.functional.max_pool1d} and {@code conv1d}, PyTorch 2.13; uneven pads by the formula. */
    @ParameterizedTest
    @CsvSource({
        // input, size, stride, dilation, before, after, floor, ceil
        "10, 3, 1, 1, 0, 0, 8, 8",
        "10, 3, 2, 1, 0, 0, 4, 5",
        "9, 3, 2, 1, 0, 0, 4, 4",
        "10, 3, 2, 1, 1, 1, 5, 6",
        "10, 2, 2, 1, 0, 0, 5, 5",
        "5, 2, 2, 1, 1, 1, 3, 3",
        "6, 2, 3, 1, 1, 1, 3, 3",
        "10, 3, 2, 2, 0, 0, 3, 4",
        "4, 1, 3, 1, 0, 0, 2, 2",
        "5, 1, 3, 1, 0, 0, 2, 2",
        "7, 3, 2, 1, 0, 1, 3, 4",
        "2, 3, 1, 1, 0, 0, 0, 0",
    })
    void outputSize(int input, int size, int stride, int dilation, int before, int after, int floor, int ceil) {
        Window window =
                Window.of(size).withStrides(stride).withDilations(dilation).withPads(List.of(before), List.of(after));
        assertEquals(floor, window.outputSize(0, input, false));
        assertEquals(ceil, window.outputSize(0, input, true));
    }

    @Test
    void counts() {
        Window window = Window.of(3, 5).withDilations(2, 1).withPads(List.of(1, 2), List.of(3, 4));
        assertEquals(2, window.rank());
        assertEquals(15, window.elements());
        assertEquals(5, window.extent(0));
        assertEquals(5, window.extent(1));
        assertEquals(4, window.padTotal(0));
        assertEquals(6, window.padTotal(1));
    }

    @Test
    void aWindowBetweenItsGapsMeetsNothing() {
        Window window = Window.of(2).withDilations(4).withPads(3);
        assertFalse(window.meets(0, 1, 0));
        assertTrue(window.meets(0, 2, 0));
    }

    @Test
    void rules() {
        assertBreaks("window.W1", List.of(), List.of(), List.of());
        assertBreaks("window.W1", List.of(1, 1, 1, 1), List.of(1, 1, 1, 1), List.of(0, 0, 0, 0));
        assertBreaks("window.W1", List.of(3, 3), List.of(1), List.of(0, 0));
        assertBreaks("window.W2", List.of(0), List.of(1), List.of(0));
        assertBreaks("window.W2", List.of(3), List.of(0), List.of(0));
        assertBreaks("window.W3", List.of(3), List.of(1), List.of(-1));
    }

    private static void assertBreaks(String rule, List<Integer> size, List<Integer> strides, List<Integer> pads) {
        GraphException e = assertThrows(GraphException.class, () -> new Window(size, strides, strides, pads, pads));
        assertEquals(rule, e.rule());
    }

    @Test
    void printsWhatIsNotDefault() {
        assertEquals("size [3, 3]", Window.of(3, 3).toString());
        assertEquals(
                "size [3] strides [2] dilations [4] pads [0]..[1]",
                Window.of(3)
                        .withStrides(2)
                        .withDilations(4)
                        .withPads(List.of(0), List.of(1))
                        .toString());
    }

    /** One that is found without looking at each window is what looking at each would find. */
    @Test
    void findsWindowsThatLieOutside() {
        for (int seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int input = 1 + random.nextInt(8);
            Window window = Window.of(1 + random.nextInt(4))
                    .withStrides(1 + random.nextInt(4))
                    .withDilations(1 + random.nextInt(9))
                    .withPads(List.of(random.nextInt(12)), List.of(random.nextInt(12)));
            int positions = random.nextInt(12);
            boolean all = IntStream.range(0, positions).allMatch(p -> window.meets(0, input, p));
            int outside = window.outside(0, input, positions);
            assertEquals(all, outside < 0, window + " on " + input + ", " + positions + " times");
            assertTrue(outside < 0 || !window.meets(0, input, outside));
        }
    }
}
