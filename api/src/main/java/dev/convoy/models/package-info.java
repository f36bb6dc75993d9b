/**
 * Models: layers put together, with their parameters. A model is plain immutable data; it is traced into graphs, and a
 * {@link dev.convoy.models.Predictor} runs those on a backend.
 */
@NullMarked
package dev.convoy.models;

import org.jspecify.annotations.NullMarked;
