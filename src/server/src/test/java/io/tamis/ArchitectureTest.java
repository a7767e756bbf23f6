package io.tamis;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.tamis.data.TamisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the arrows of docs/architecture.md over core and server. The tables below are the architecture: a new package
 * or library is a new line here and a new record in docs/adr. Nothing is frozen: a violation is fixed, not listed.
 */
class ArchitectureTest {
    private static final Set<String> GROUND =
            Set.of("data", "crypto", "privacy", "policy", "log", "model", "he", "holder");
    private static final int FILE_LINES_ALARM = 400;
    private static final int PACKAGE_TYPES_ALARM = 20;

    /** Package under io.tamis (with its subpackages) to the packages it may use. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("data", Set.of()),
            Map.entry("crypto", Set.of("data")),
            Map.entry("he", Set.of("data")),
            Map.entry("privacy", Set.of("data")),
            Map.entry("policy", Set.of("data", "crypto")),
            Map.entry("log", Set.of("data", "crypto")),
            Map.entry("model", Set.of("data")),
            Map.entry("holder", Set.of("data", "crypto", "he", "privacy", "policy", "log")),
            // Made-up persons are for files, tests and demonstrations: nothing the service does may rest on them.
            Map.entry("synthetic", Set.of("data")),
            Map.entry("ledger", GROUND),
            Map.entry("catalog", and(GROUND, "ledger")),
            Map.entry("jobs", and(GROUND, "ledger", "catalog")),
            Map.entry("sandbox", and(GROUND, "ledger", "catalog", "jobs")),
            Map.entry("audience", and(GROUND, "ledger", "catalog", "jobs")),
            Map.entry("alliance", and(GROUND, "ledger", "catalog", "jobs")),
            Map.entry("council", and(GROUND, "ledger", "catalog", "jobs")),
            Map.entry("market", and(GROUND, "ledger", "catalog", "jobs")),
            Map.entry("server", and(GROUND, "ledger", "catalog", "jobs")));

    /** Library to the only packages that may touch it. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("org.bouncycastle", Set.of("crypto")),
            Map.entry("org.web3j", Set.of("ledger")),
            Map.entry("org.apache.calcite", Set.of("sandbox", "catalog")),
            Map.entry("org.duckdb", Set.of("catalog")),
            Map.entry("de.siegmar.fastcsv", Set.of("catalog")),
            Map.entry("com.github.luben", Set.of("catalog.parquet")),
            Map.entry("org.snakeyaml", Set.of("policy.load")),
            Map.entry("com.networknt", Set.of("policy.load")),
            Map.entry("tools.jackson", Set.of("policy.load")),
            Map.entry("io.zonky", Set.of("server")),
            // Start and stop events; core and the doors between features know no framework.
            Map.entry("io.quarkus.runtime", Set.of("ledger", "catalog", "jobs", "audience", "server")));

    private static final Set<String> HTTP_METHODS =
            Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "Path");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tamis");

    @Test
    void packages_useOnlyWhatTheTableAllows() {
        var broken = new TreeSet<String>();
        for (var type : MAIN) {
            var allowed = ARROWS.get(room(type));
            if (allowed == null) {
                broken.add(type.getPackageName() + " is not in the table of arrows");
                continue;
            }
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass().getBaseComponentType();
                if (ours(target) && !room(target).equals(room(type)) && !allowed.contains(room(target))) {
                    broken.add(type.getName() + " -> " + target.getName());
                }
            }
        }
        assertNone(broken);
    }

    @Test
    void packages_haveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("io.tamis.(**)")
                .should()
                .beFreeOfCycles()
                .check(MAIN);
    }

    @Test
    void libraries_areTouchedOnlyWhereAllowed() {
        var broken = new TreeSet<String>();
        for (var type : MAIN) {
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getPackageName();
                LIBRARIES.forEach((library, homes) -> {
                    if (within(target, library)
                            && homes.stream().noneMatch(home -> within(type.getPackageName(), "io.tamis." + home))) {
                        broken.add(type.getName() + " uses " + library + "; only " + new TreeSet<>(homes) + " may");
                    }
                });
            }
        }
        assertNone(broken);
    }

    /** The sealed identifiers of a version have two readers, and one door through which they pass unread. */
    @Test
    void identifiers_areReadByTwoPackagesAlone() {
        var homes = Map.of(
                "io.tamis.catalog.load.UnitReader", Set.of("catalog.load", "catalog.link", "catalog.order"),
                "io.tamis.catalog.load.UnitSource", Set.of("catalog"),
                "io.tamis.catalog.Identifiers", Set.of("catalog"));
        var broken = new TreeSet<String>();
        int seen = 0;
        for (var type : MAIN) {
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var allowed = homes.get(
                        dependency.getTargetClass().getBaseComponentType().getName());
                seen += allowed == null ? 0 : 1;
                if (allowed != null
                        && allowed.stream().noneMatch(home -> within(type.getPackageName(), "io.tamis." + home))) {
                    broken.add(dependency.getDescription());
                }
            }
        }
        assertNone(broken);
        assertTrue(seen > 5, "the reader was not seen: the check proves nothing");
    }

    /** The server's build drops a resource method that is not public: it answers 404 with one warning at build time. */
    @Test
    void resourceMethods_arePublic() {
        var broken = new TreeSet<String>();
        for (var type : MAIN) {
            for (var method : type.getMethods()) {
                boolean served = method.getAnnotations().stream()
                        .anyMatch(a -> a.getRawType().getPackageName().equals("jakarta.ws.rs")
                                && HTTP_METHODS.contains(a.getRawType().getSimpleName()));
                if (served && !method.getModifiers().contains(JavaModifier.PUBLIC)) {
                    broken.add(method.getFullName());
                }
            }
        }
        assertNone(broken);
        assertTrue(servedMethods() > 0 || !served(), "resources were not seen: the check above proves nothing");
    }

    /** Fields are final and filled by constructors, so that a class can be made and read without a container. */
    @Test
    void injection_isByConstructor() {
        var broken = new TreeSet<String>();
        MAIN.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.isAnnotatedWith("jakarta.inject.Inject")
                        || field.isAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty"))
                .forEach(field -> broken.add(field.getFullName() + ": take it in the constructor"));
        assertNone(broken);
    }

    @Test
    void exceptions_areOneFinalClassPerPackage() {
        var perPackage = new TreeMap<String, Set<String>>();
        var broken = new TreeSet<String>();
        for (var type : MAIN) {
            if (type.isAssignableTo(TamisException.class) && !type.isEquivalentTo(TamisException.class)) {
                perPackage
                        .computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                        .add(type.getName());
                if (!type.getModifiers().contains(JavaModifier.FINAL)) {
                    broken.add(type.getName() + " is not final");
                }
            }
        }
        perPackage.values().stream()
                .filter(types -> types.size() > 1)
                .forEach(types -> broken.add("more than one exception in a package: " + types));
        assertNone(broken);
    }

    @Test
    void packages_explainThemselves() throws IOException {
        var broken = new TreeSet<String>();
        for (var folder : sourceFolders()) {
            try (var files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(Path::getParent)
                        .distinct()
                        .filter(parent -> !Files.exists(parent.resolve("package-info.java")))
                        .forEach(parent -> broken.add(folder.relativize(parent) + " has no package-info.java"));
            }
        }
        assertNone(broken);
    }

    /** Sizes are an alarm, not a law: they are printed for whoever reads the build. */
    @Test
    void sizes_areReported() throws IOException {
        var alarms = new ArrayList<String>();
        for (var folder : sourceFolders()) {
            try (var files = Files.walk(folder)) {
                for (var file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    int lines = Files.readAllLines(file).size();
                    if (lines > FILE_LINES_ALARM) {
                        alarms.add(file.getFileName() + ": " + lines + " lines");
                    }
                }
            }
        }
        var types = new TreeMap<String, Integer>();
        for (var type : MAIN) {
            if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
                types.merge(type.getPackageName(), 1, Integer::sum);
            }
        }
        types.forEach((name, count) -> {
            if (count > PACKAGE_TYPES_ALARM) {
                alarms.add(name + ": " + count + " types");
            }
        });
        alarms.forEach(alarm -> System.out.println("SIZE " + alarm));
        assertTrue(types.size() > 5, "classes were not seen");
    }

    @Test
    void names_saySomething() {
        assertNone(Naming.broken(MAIN));
    }

    @Test
    void calls_areNotBanned() {
        assertNone(BannedCalls.in(MAIN));
        var tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("io.tamis");
        assertNone(BannedCalls.inTests(tests));
    }

    /** The Quarkus BOM brings an older BouncyCastle; the pin in the root pom has to win. */
    @Test
    void bouncyCastle_isThePinnedOne() {
        assertEquals("1.87", new org.bouncycastle.jce.provider.BouncyCastleProvider().getVersionStr());
    }

    private static long servedMethods() {
        return MAIN.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(ArchitectureTest::isServed)
                .count();
    }

    private static boolean served() {
        return MAIN.stream().anyMatch(type -> type.isAnnotatedWith("jakarta.ws.rs.Path"));
    }

    private static boolean isServed(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(a -> a.getRawType().getPackageName().equals("jakarta.ws.rs"));
    }

    private static Set<String> and(Set<String> some, String... more) {
        var all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    private static boolean ours(JavaClass type) {
        return within(type.getPackageName(), "io.tamis");
    }

    private static boolean within(String name, String home) {
        return name.equals(home) || name.startsWith(home + ".");
    }

    /** The first name after io.tamis: subpackages share the arrows of the room they are in. */
    private static String room(JavaClass type) {
        return type.getPackageName().replaceFirst("^io\\.tamis\\.?", "").split("\\.", 2)[0];
    }

    private static List<Path> sourceFolders() {
        var modules = Path.of("").toAbsolutePath().getParent();
        return Stream.of("core", "server", "cli")
                .map(module -> modules.resolve(module).resolve("src/main/java"))
                .filter(Files::isDirectory)
                .toList();
    }

    private static void assertNone(Set<String> broken) {
        assertTrue(broken.isEmpty(), () -> broken.stream().collect(joining("\n", "\n", "\n")));
    }
}
