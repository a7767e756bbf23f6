package io.tamis;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Endings that say nothing about what a class is for. */
final class Naming {
    private static final List<String> EMPTY_ENDINGS =
            List.of("Manager", "Helper", "Util", "Utils", "Impl", "Dto", "DTO", "Base");

    private Naming() {}

    static Set<String> broken(JavaClasses types) {
        var broken = new TreeSet<String>();
        for (var type : types) {
            EMPTY_ENDINGS.stream()
                    .filter(ending -> type.getSimpleName().endsWith(ending))
                    .forEach(ending -> broken.add(type.getName() + ": name it by what it does, not " + ending));
        }
        return broken;
    }
}
