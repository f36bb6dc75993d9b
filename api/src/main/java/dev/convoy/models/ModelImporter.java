package dev.convoy.models;

/**
 * Reads models of one family of file formats. Found by {@link java.util.ServiceLoader}: list the class in
 * {@code META-INF/services/dev.convoy.models.ModelImporter}. A file is input from a stranger: nothing in it is executed,
 * and every failure is an {@link ImportException}.
 */
public interface ModelImporter {

    /** What it reads, for messages: {@code Keras (.h5, .keras)} for example. */
    String formats();

    /** Whether the file is one of its formats, by its content; a file that it recognises but must refuse is also its own. */
    boolean accepts(ModelSource source);

    /** Every problem of a file at once; never throws because of what is in the file. */
    ImportReport inspect(ModelSource source, ImportOptions options);

    /**
     * @throws ImportException with every problem, if there is any
     */
    Model load(ModelSource source, ImportOptions options);
}
