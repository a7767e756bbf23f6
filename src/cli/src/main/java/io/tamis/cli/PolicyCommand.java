package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.data.Json;
import io.tamis.policy.Explanation;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.GoldenCase;
import io.tamis.policy.load.GoldenCases;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import io.tamis.policy.load.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Policy files without a server: are they right, and what would they decide. */
@Command(
        name = "policy",
        description = "Check a policy bundle, or ask it for a decision. Works on files, needs no service.",
        mixinStandardHelpOptions = true)
final class PolicyCommand {
    private final Shell shell;

    PolicyCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            name = "check",
            description = {
                "Check a bundle's form, floors and cross references, and run its golden cases (cases/*.yaml).",
                "Problems are told as FILE#POINTER: what (line), on standard error. Exits 0 when all is well, else 1."
            },
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(
                            paramLabel = "DIR",
                            arity = "0..1",
                            description = "the bundle's folder (default: policies in the repository)")
                    Optional<Path> dir,
            @Option(names = "--json", description = "print {ok, bundleHash, problems, ...} on standard output")
                    boolean json) {
        Path folder = folder(dir);
        return switch (PolicyLoader.load(folder)) {
            case LoadResult.Rejected(List<Problem> problems) ->
                told(new PolicyCheck(Optional.empty(), problems, 0, List.of()), json);
            case LoadResult.Loaded(PolicyBundle bundle) -> told(PolicyCheck.of(folder, bundle), json);
        };
    }

    @Command(
            name = "explain",
            description = {
                "Ask a bundle for a decision and say why: rules, unmet requirements, treatment, legal references.",
                "Ask about a declared column (--column orders#amount_cny) or about attributes (--level, --consent, --pia).",
                "What is left out is a missing attribute, hence denied. Exits 0 for PERMIT, 1 for DENY."
            },
            mixinStandardHelpOptions = true)
    int explain(
            @Option(
                            names = "--policies",
                            paramLabel = "DIR",
                            description = "the bundle's folder (default: policies in the repository)")
                    Optional<Path> dir,
            @Mixin PolicyQuestion question,
            @Option(names = "--json", description = "print the explanation as JSON on standard output") boolean json) {
        Path folder = folder(dir);
        PolicyBundle bundle = switch (PolicyLoader.load(folder)) {
            case LoadResult.Loaded(PolicyBundle loaded) -> loaded;
            case LoadResult.Rejected(List<Problem> problems) -> {
                problems.forEach(problem -> shell.err().println(problem));
                throw ClientException.usage("the bundle is not valid, so nothing is decided: " + folder);
            }
        };
        Explanation explanation = bundle.explain(question.on(bundle, shell.clock()));
        if (json) {
            shell.out().println(explanation.toJson().canonical());
        } else {
            new PolicyText(shell.out()).print(explanation);
        }
        return (explanation.publicCode().isEmpty() ? ExitCode.DONE : ExitCode.NO).number();
    }

    private Path folder(Optional<Path> dir) {
        Path folder = dir.orElse(shell.root().resolve("policies"));
        if (!Files.isDirectory(folder)) {
            throw ClientException.usage("no such folder: " + folder);
        }
        return folder;
    }

    private int told(PolicyCheck check, boolean json) {
        if (json) {
            shell.out().println(check.toJson().canonical());
        } else {
            check.problems().forEach(problem -> shell.err().println(problem));
            check.broken().forEach(broken -> shell.err().println(broken));
            check.summary().forEach(line -> shell.out().println(line));
        }
        return (check.ok() ? ExitCode.DONE : ExitCode.NO).number();
    }

    /** What a check found. */
    private record PolicyCheck(Optional<PolicyBundle> bundle, List<Problem> problems, int cases, List<String> broken) {
        static PolicyCheck of(Path folder, PolicyBundle bundle) {
            GoldenCases golden = GoldenCases.load(folder, bundle);
            var broken = new ArrayList<String>();
            for (GoldenCase each : golden.cases()) {
                each.mismatch(bundle).ifPresent(how -> broken.add("case " + each.id() + ": " + how));
            }
            return new PolicyCheck(
                    Optional.of(bundle), golden.problems(), golden.cases().size(), List.copyOf(broken));
        }

        boolean ok() {
            return bundle.isPresent() && problems.isEmpty() && broken.isEmpty();
        }

        List<String> summary() {
            var lines = new ArrayList<String>();
            bundle.ifPresent(loaded -> {
                lines.add("bundle %s: %d datasets, %d rules, %d transforms"
                        .formatted(
                                loaded.contentHash().hex(),
                                loaded.datasets().size(),
                                loaded.rules().size(),
                                loaded.transforms().size()));
                lines.add("cases: %d of %d hold".formatted(cases - broken.size(), cases));
            });
            lines.add(
                    ok() ? "ok" : "not ok: %d problem(s), %d case(s) broken".formatted(problems.size(), broken.size()));
            return lines;
        }

        Json.Obj toJson() {
            return Json.object()
                    .put("ok", ok())
                    .putIfPresent(
                            "bundleHash",
                            bundle.map(loaded -> loaded.contentHash().hex()))
                    .put(
                            "problems",
                            Json.array(problems.stream().map(Problem::toJson).toList()))
                    .put("cases", cases)
                    .put("casesBroken", Json.strings(broken))
                    .build();
        }
    }
}
