/**
 * What a training or an evaluation looks like: {@link dev.convoy.report.HistoryChart} draws curves,
 * {@link dev.convoy.report.ConfusionChart} a confusion matrix, {@link dev.convoy.report.MistakesPage} shows the pictures
 * that a classifier got most wrong. All are self-contained text, SVG or HTML without scripts, that follows the reader's
 * light or dark colours; names that come from files are escaped.
 */
@NullMarked
package dev.convoy.report;

import org.jspecify.annotations.NullMarked;
