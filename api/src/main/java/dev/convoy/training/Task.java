package dev.convoy.training;

/** What is being done when something does not fit; stands before the error's message. */
enum Task {
    TRAINING("Training"),
    EVALUATION("Evaluation");

    private final String title;

    Task(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /**
     * @throws TrainingException with the problem if the condition does not hold
     */
    void require(boolean holds, String problem) {
        if (!holds) {
            throw new TrainingException(title + ": " + problem);
        }
    }
}
