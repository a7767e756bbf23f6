package io.tamis.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Calls and names the command line does without; the server's twin is BannedCalls. */
class HabitsTest {
    private static final Set<String> EMPTY_ENDINGS =
            Set.of("Manager", "Helper", "Util", "Utils", "Impl", "Dto", "DTO", "Base");

    private static final List<Ban> BANS = List.of(
            new Ban("java.util.Random", "<init>", "a seeded SplittableRandom, in io.tamis.cli.bench only"),
            new Ban("java.lang.Math", "random", "a seeded SplittableRandom, in io.tamis.cli.bench only"),
            new Ban("java.time.Instant", "now", "the clock of Shell"),
            new Ban("java.lang.System", "currentTimeMillis", "the clock of Shell"),
            new Ban("java.time.Clock", "systemUTC", "the clock of Shell"),
            // The edge of the process: everything else is handed the shell's clock.
            new Ban("java.time.InstantSource", "system", "the clock of Shell", "io.tamis.cli.client.Shell"),
            new Ban("java.lang.Throwable", "printStackTrace", "one line and an exit code", "io.tamis.cli.TamisCli"),
            // This soak kills the server at a random moment: the pause is what it does.
            new Ban("java.lang.Thread", "sleep", "waiting for the event itself", "io.tamis.cli.bench.JobKill"));

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tamis.cli");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("io.tamis.cli");

    @Test
    void calls_areNotBanned() {
        var broken = new TreeSet<String>();
        for (var type : MAIN) {
            for (var access : type.getAccessesFromSelf()) {
                BANS.stream()
                        .filter(ban -> ban.hits(access))
                        .forEach(ban -> broken.add(access.getDescription() + ": use " + ban.instead()));
            }
        }
        assertNone(broken);
        assertTrue(MAIN.contain("io.tamis.cli.TamisCli"), "classes were not seen: the check proves nothing");
    }

    @Test
    void tests_doNotSleep() {
        var broken = new TreeSet<String>();
        for (var type : TESTS) {
            for (var access : type.getAccessesFromSelf()) {
                if (access.getName().equals("sleep") && access.getTargetOwner().isEquivalentTo(Thread.class)) {
                    broken.add(access.getDescription() + ": wait for the event itself");
                }
            }
        }
        assertNone(broken);
    }

    @Test
    void names_saySomething() {
        var broken = new TreeSet<String>();
        for (var type : MAIN) {
            EMPTY_ENDINGS.stream()
                    .filter(ending -> type.getSimpleName().endsWith(ending))
                    .forEach(ending -> broken.add(type.getName() + ": name it by what it does"));
        }
        assertNone(broken);
    }

    private static void assertNone(Set<String> broken) {
        assertTrue(broken.isEmpty(), () -> broken.stream().collect(joining("\n", "\n", "\n")));
    }

    private record Ban(String owner, String name, String instead, Set<String> except) {
        Ban(String owner, String name, String instead, String... except) {
            this(owner, name, instead, Set.of(except));
        }

        boolean hits(JavaAccess<?> access) {
            return access.getName().equals(name)
                    && access.getTargetOwner().isAssignableTo(owner)
                    && !except.contains(access.getOriginOwner().getName());
        }
    }
}
