package dev.convoy.models;

/**
 * One class and how likely it is.
 *
 * @param index of the class in the model's output
 * @param label its name, or the index as text if the model came without labels
 * @param probability the model's output for it
 */
public record Scored(int index, String label, double probability) {}
