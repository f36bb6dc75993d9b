package dev.convoy.conformance.check;

import java.util.Map;
import java.util.Set;

/**
 * What is known of a backend before it is tested.
 *
 * @param knownFailures the exact ids of the checks that it does not pass, with the reason; one that passes is a failure
 * @param lacks capabilities that it does not claim; checks that need them are skipped
 */
public record Profile(Map<String, String> knownFailures, Set<Capability> lacks) {

    /** A backend that passes everything. */
    public static final Profile COMPLETE = new Profile(Map.of(), Set.of());

    public Profile {
        knownFailures = Map.copyOf(knownFailures);
        lacks = Set.copyOf(lacks);
    }
}
