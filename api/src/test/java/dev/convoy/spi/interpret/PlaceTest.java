package dev.convoy.spi.interpret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlaceTest {

    /** The index of each of some elements, by the definition. */
    private static int[] indices(Place place, int elements) {
        int[] indices = new int[elements];
        for (int i = 0; i < elements; i++) {
            indices[i] = place.start() + i / place.run() * place.pitch() + i % place.run();
        }
        return indices;
    }

    @Test
    void copiesAnyPartToItsPlace() {
        int[] source = {0, 0, 10, 11, 12, 13, 14, 15, 16, 17};
        for (Place place : new Place[] {Place.WHOLE, Place.neighbours(3), new Place(1, 3, 5), new Place(2, 2, 3)}) {
            int[] indices = indices(place, 8);
            for (int from = 0; from <= 8; from++) {
                for (int to = from; to <= 8; to++) {
                    int[] target = new int[20];
                    int[] expected = new int[20];
                    for (int i = from; i < to; i++) {
                        expected[indices[i]] = source[2 + i];
                    }
                    place.copy(source, 2 + from, target, from, to);
                    assertArrayEquals(expected, target, place + " from " + from + " to " + to);
                }
            }
        }
    }

    @Test
    void rowsAreRunsOrPartsOfOneRun() {
        assertTrue(Place.neighbours(7).hasRows(5));
        assertEquals(5, Place.neighbours(7).pitch(5));
        Place runs = new Place(4, 6, 10);
        assertTrue(runs.hasRows(6));
        assertEquals(10, runs.pitch(6));
        assertFalse(runs.hasRows(3), "rows 1 and 2 would be 3 apart, rows 2 and 3 7");
    }

    @Test
    void aPlaceWithinAPlaceIsWhereTheElementsAre() {
        Place[] parts = {Place.WHOLE, Place.neighbours(4), new Place(2, 3, 6), new Place(0, 2, 4), new Place(1, 1, 2)};
        Place[] wholes = {
            Place.WHOLE,
            Place.neighbours(5),
            new Place(3, 6, 9),
            new Place(1, 4, 5),
            new Place(0, 2, 7),
            new Place(6, 1, 3)
        };
        int found = 0;
        for (Place part : parts) {
            for (Place whole : wholes) {
                Optional<Place> both = part.within(whole);
                int[] outer = indices(whole, 100);
                int[] expected =
                        Arrays.stream(indices(part, 12)).map(i -> outer[i]).toArray();
                both.ifPresent(place -> assertArrayEquals(expected, indices(place, 12), part + " within " + whole));
                found += both.isPresent() ? 1 : 0;
            }
        }
        assertEquals(2 * parts.length + 4, found, "all in neighbours, and those in rows of their own pitch");
    }

    @Test
    void runsNeitherVanishNorOverlap() {
        assertThrows(IllegalArgumentException.class, () -> new Place(0, 0, 4));
        assertThrows(IllegalArgumentException.class, () -> new Place(0, 5, 4));
        assertThrows(IllegalArgumentException.class, () -> new Place(-1, 2, 4));
    }
}
