package dev.convoy.training;

import dev.convoy.models.Model;

/**
 * A training that ended.
 *
 * @param model with the parameters that were found
 * @param history epoch by epoch
 * @param steps optimizer steps in all
 */
public record Training(Model model, History history, long steps) {}
