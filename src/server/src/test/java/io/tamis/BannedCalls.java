package io.tamis;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Calls nobody may make, each with what to use instead. Core and cli have a twin of this list for their own tests. */
final class BannedCalls {
    private static final String ANY = "*";
    private static final String NEW = "<init>";

    private static final List<Ban> EVERYWHERE = List.of(
            new Ban("java.lang.Math", "random", "take a RandomSource (tests: a seeded one)"),
            new Ban("java.util.concurrent.ThreadLocalRandom", ANY, "take a RandomSource"),
            new Ban("java.lang.Thread", "sleep", "wait for the event itself, or inject the clock"),
            new Ban("java.lang.System", "runFinalization", "close the resource"));

    private static final List<Ban> IN_MAIN = List.of(
            // The one that is a RandomSource in BouncyCastle's eyes.
            new Ban("java.util.Random", NEW, "take a RandomSource", "io.tamis.crypto.SourcedRandom"),
            new Ban("java.util.SplittableRandom", NEW, "take a RandomSource"),
            new Ban("java.util.UUID", "randomUUID", "take an IdSource"),
            new Ban("java.lang.System", "currentTimeMillis", "take an InstantSource"),
            new Ban("java.time.Clock", "systemUTC", "take an InstantSource", "io.tamis.server.Wiring"),
            new Ban("java.time.Clock", "systemDefaultZone", "take an InstantSource"),
            new Ban("java.time.InstantSource", "system", "take an InstantSource", "io.tamis.server.Wiring"),
            new Ban("java.lang.Throwable", "printStackTrace", "log the code, or let it rise", "io.tamis.server.Main"),
            new Ban("java.io.ObjectOutputStream", ANY, "write a format with a version byte and vectors"),
            new Ban("java.io.ObjectInputStream", ANY, "read a format with a version byte and vectors"),
            new Ban("java.lang.Class", "forName", "name the type, or let the container find it"),
            new Ban("java.lang.System", "exit", "return an exit code", "io.tamis.server.Main"));

    /** The clock a test may read, production may not. */
    private static final Set<String> WALL_CLOCKS =
            Set.of("java.time.Instant", "java.time.LocalDate", "java.time.LocalDateTime", "java.time.ZonedDateTime");

    private BannedCalls() {}

    static Set<String> in(JavaClasses main) {
        var broken = find(main, EVERYWHERE);
        broken.addAll(find(main, IN_MAIN));
        for (var type : main) {
            for (var access : type.getAccessesFromSelf()) {
                if (WALL_CLOCKS.contains(access.getTargetOwner().getName()) && readsNow(access)) {
                    broken.add(access.getDescription() + ": take an InstantSource");
                }
            }
        }
        return broken;
    }

    static Set<String> inTests(JavaClasses tests) {
        var broken = find(tests, EVERYWHERE);
        for (var type : tests) {
            for (var call : type.getConstructorCallsFromSelf()) {
                if (call.getTargetOwner().getName().equals("java.util.Random")
                        && call.getTarget().getRawParameterTypes().isEmpty()) {
                    broken.add(call.getDescription() + ": give the seed");
                }
            }
        }
        return broken;
    }

    private static Set<String> find(JavaClasses types, List<Ban> bans) {
        var broken = new TreeSet<String>();
        for (var type : types) {
            for (var access : type.getAccessesFromSelf()) {
                for (var ban : bans) {
                    if (ban.hits(access)) {
                        broken.add(access.getDescription() + ": " + ban.instead());
                    }
                }
            }
        }
        return broken;
    }

    private static boolean readsNow(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target
                && target.getName().equals("now")
                && target.getRawParameterTypes().stream()
                        .noneMatch(p -> p.getName().startsWith("java.time.Clock"));
    }

    private record Ban(String owner, String name, String instead, Set<String> except) {
        Ban(String owner, String name, String instead, String... except) {
            this(owner, name, instead, Set.of(except));
        }

        boolean hits(JavaAccess<?> access) {
            return access.getTargetOwner().isAssignableTo(owner)
                    && (name.equals(ANY) || access.getName().equals(name))
                    && !except.contains(access.getOriginOwner().getName());
        }
    }
}
