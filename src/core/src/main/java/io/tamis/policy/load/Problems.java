package io.tamis.policy.load;

import io.tamis.data.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong, up to a limit: an author repairs several at once, a hostile file does not flood the answer. */
final class Problems {
    /** Most problems reported of one bundle. */
    static final int LIMIT = 100;

    private final List<Problem> problems = new ArrayList<>();

    void add(String file, String pointer, String message) {
        add(new Problem(file, pointer, message));
    }

    void add(Problem problem) {
        if (problems.size() < LIMIT) {
            problems.add(problem);
        }
    }

    void addAll(List<Problem> more) {
        more.forEach(this::add);
    }

    /** The value, or this problem when a type of {@code io.tamis.data} refuses it. */
    <T> Optional<T> reading(Problem problem, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (DataException refused) {
            add(problem);
            return Optional.empty();
        }
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<Problem> list() {
        return List.copyOf(problems);
    }

    int room() {
        return LIMIT - problems.size();
    }
}
