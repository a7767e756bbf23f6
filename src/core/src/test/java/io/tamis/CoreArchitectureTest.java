package io.tamis;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Core is plain Java: the JDK and three named libraries, each in its own room. A list of what is allowed is stricter
 * than a list of what is not (jakarta, io.quarkus, JDBI, Hibernate, web3j). The arrows inside core are checked by the
 * server's ArchitectureTest, which sees both modules.
 */
class CoreArchitectureTest {
    private static final Map<String, String> LIBRARIES = Map.of(
            "org.bouncycastle", "io.tamis.crypto",
            "org.snakeyaml", "io.tamis.policy.load",
            "com.networknt", "io.tamis.policy.load",
            "tools.jackson", "io.tamis.policy.load");

    /** The parts of the JDK core has a use for. No java.sql, no java.net: core reads no database and no network. */
    private static final List<String> JDK = List.of(
            "java.lang",
            "java.util",
            "java.io",
            "java.nio",
            "java.math",
            "java.text",
            "java.time",
            "java.security",
            "javax.crypto");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tamis");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("io.tamis");

    @Test
    void core_usesTheJdkAndItsNamedLibrariesOnly() {
        var broken = new TreeSet<String>();
        for (var type : MAIN) {
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass().getBaseComponentType();
                if (!target.isPrimitive() && !allowed(type, target.getPackageName())) {
                    broken.add(type.getName() + " -> " + target.getName());
                }
            }
        }
        assertNone(broken);
        assertTrue(MAIN.size() > 50, "classes were not seen: the check proves nothing");
    }

    @Test
    void data_usesNothingOfOurs() {
        var broken = new TreeSet<String>();
        MAIN.stream()
                .filter(type -> type.getPackageName().equals("io.tamis.data"))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(d -> within(d.getTargetClass().getPackageName(), "io.tamis"))
                .filter(d -> !d.getTargetClass().getPackageName().equals("io.tamis.data"))
                .forEach(d -> broken.add(d.getDescription()));
        assertNone(broken);
    }

    @Test
    void tests_neitherSleepNorDrawUnseeded() {
        var broken = new TreeSet<String>();
        for (var type : TESTS) {
            for (var access : type.getAccessesFromSelf()) {
                String call = access.getTargetOwner().getName() + "." + access.getName();
                if (Set.of("java.lang.Thread.sleep", "java.lang.Math.random").contains(call)) {
                    broken.add(access.getDescription() + ": wait for the event, draw from a seeded source");
                }
            }
            for (var call : type.getConstructorCallsFromSelf()) {
                boolean unseeded = call.getTarget().getRawParameterTypes().isEmpty();
                if (unseeded
                        && Stream.of("java.util.Random", "java.util.SplittableRandom")
                                .anyMatch(call.getTargetOwner().getName()::equals)) {
                    broken.add(call.getDescription() + ": give the seed");
                }
            }
        }
        assertNone(broken);
    }

    private static boolean allowed(JavaClass origin, String target) {
        if (within(target, "io.tamis") || JDK.stream().anyMatch(home -> within(target, home))) {
            return true;
        }
        return LIBRARIES.entrySet().stream()
                .anyMatch(entry -> within(target, entry.getKey()) && within(origin.getPackageName(), entry.getValue()));
    }

    private static boolean within(String name, String home) {
        return name.equals(home) || name.startsWith(home + ".");
    }

    private static void assertNone(Set<String> broken) {
        assertTrue(broken.isEmpty(), () -> broken.stream().collect(joining("\n", "\n", "\n")));
    }
}
