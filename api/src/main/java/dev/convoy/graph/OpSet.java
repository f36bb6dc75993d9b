package dev.convoy.graph;

/** The version of the core op set; see {@link Since}. */
public final class OpSet {

    /** Grows by one whenever a release adds a core op or a function of one. */
    public static final int VERSION = 1;

    private OpSet() {}
}
