package io.tamis.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How a step went. */
sealed interface Outcome {
    /**
     * As it should.
     *
     * @param said in one line what was seen
     * @param more further lines, such as a table
     */
    record Passed(String said, List<String> more) implements Outcome {
        public Passed {
            Objects.requireNonNull(said);
            more = List.copyOf(more);
        }
    }

    /** Not as it should; {@code why} says what was seen instead. */
    record Failed(String why) implements Outcome {
        public Failed {
            Objects.requireNonNull(why);
        }
    }

    /** As it should, in one line. */
    static Outcome passed(String said) {
        return new Passed(said, List.of());
    }

    /** Passed when all are, a line each after the first; else the first that failed. */
    static Outcome all(List<Outcome> outcomes) {
        var said = new ArrayList<String>();
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Passed passed -> {
                    said.add(passed.said());
                    said.addAll(passed.more());
                }
                case Failed failed -> {
                    return failed;
                }
            }
        }
        return new Passed(said.getFirst(), said.subList(1, said.size()));
    }

    /** Passed when the condition holds, else failed. */
    static Outcome check(boolean condition, String said, String why) {
        return condition ? passed(said) : new Failed(why);
    }
}
