package dev.convoy.models;

import dev.convoy.graph.Graph;
import dev.convoy.layers.Noise;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A model as a graph.
 *
 * @param graph its inputs are the model's (pinned ones left out) and the noise; its parameters and outputs the model's
 * @param noise for each input that takes random numbers, how they are drawn
 */
public record Trace(Graph graph, SequencedMap<String, Noise> noise) {

    public Trace {
        noise = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(noise));
    }
}
