package dev.convoy.models;

import java.util.List;

/** A file cannot be loaded as a model; {@link #report} lists every reason. */
public final class ImportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ImportReport report;

    public ImportException(ImportReport report) {
        super(report.toString());
        this.report = report;
    }

    public ImportException(ImportReport report, Throwable cause) {
        super(report.toString(), cause);
        this.report = report;
    }

    /** A file with one problem that concerns all of it. */
    public static ImportException of(String source, String format, String reason, String remedy) {
        return new ImportException(
                new ImportReport(source, format, List.of(new ImportReport.Problem("", "", reason, remedy)), List.of()));
    }

    public ImportReport report() {
        return report;
    }
}
