package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.data.Column;
import io.tamis.data.ConsentClass;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.Flag;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.data.Semantic;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.PiaState;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Question;
import io.tamis.policy.Region;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what is asked of a policy bundle. */
final class PolicyQuestion {
    @Option(
            names = "--column",
            paramLabel = "DATASET#COLUMN",
            description = "a declared column, e.g. orders#amount_cny")
    Optional<String> column = Optional.empty();

    @Option(
            names = "--as-of",
            paramLabel = "DAY",
            description = "day the impact assessment is looked at (default: today)")
    Optional<String> asOf = Optional.empty();

    @Option(names = "--role", description = "one of ${COMPLETION-CANDIDATES}")
    Optional<PolicyRole> role = Optional.empty();

    @Option(names = "--purpose", description = "one of ${COMPLETION-CANDIDATES}")
    Optional<Purpose> purpose = Optional.empty();

    @Option(names = "--context", description = "one of ${COMPLETION-CANDIDATES}")
    Optional<Context> context = Optional.empty();

    @Option(names = "--action", description = "one of ${COMPLETION-CANDIDATES}")
    Optional<Action> action = Optional.empty();

    @Option(names = "--region", defaultValue = "DOMESTIC", description = "DOMESTIC (default) or ABROAD")
    Region region = Region.DOMESTIC;

    @Option(names = "--level", description = "L1 to L5, instead of --column or as the level after a treatment")
    Optional<Level> level = Optional.empty();

    @Option(names = "--consent", description = "instead of --column: one of ${COMPLETION-CANDIDATES}")
    Optional<ConsentClass> consent = Optional.empty();

    @Option(names = "--pia", description = "instead of --column: NONE or APPROVED")
    Optional<PiaState> pia = Optional.empty();

    @Option(names = "--flags", split = ",", description = "instead of --column: of ${COMPLETION-CANDIDATES}")
    List<Flag> flags = List.of();

    @Option(names = "--semantic", description = "instead of --column: what the value means, picks the transform")
    Optional<String> semantic = Optional.empty();

    @Option(names = "--cohort", description = "the threshold that will be enforced")
    Optional<Integer> cohort = Optional.empty();

    @Option(names = "--rho-micro", description = "zCDP cost in millionths")
    Optional<Long> rhoMicro = Optional.empty();

    @Option(names = "--epsilon-micro", description = "pure cost of a one-shot in millionths")
    Optional<Long> epsilonMicro = Optional.empty();

    @Option(names = "--approvals", defaultValue = "0", description = "approvals at hand")
    int approvals;

    @Option(names = "--strong-auth", description = "after strong authentication")
    boolean strongAuth;

    @Option(names = "--dpo-approval", description = "with the data protection officer's approval")
    boolean dpoApproval;

    /** The question these options ask of the bundle. */
    Question on(PolicyBundle bundle, InstantSource clock) {
        Question.Builder question = column.isPresent() ? aboutColumn(bundle, clock) : Question.asking();
        try {
            level.ifPresent(question::level);
            consent.ifPresent(question::consent);
            pia.ifPresent(question::pia);
            if (!flags.isEmpty()) {
                question.flags(EnumSet.copyOf(flags));
            }
            semantic.map(Semantic::new).ifPresent(question::semantic);
            role.ifPresent(question::role);
            purpose.ifPresent(question::purpose);
            context.ifPresent(question::context);
            action.ifPresent(question::action);
            cohort.ifPresent(question::cohort);
            rhoMicro.map(MicroRho::new).ifPresent(question::rho);
            epsilonMicro.map(MicroEpsilon::new).ifPresent(question::epsilon);
            return question.region(region)
                    .approvals(approvals)
                    .strongAuth(strongAuth)
                    .dpoApproval(dpoApproval)
                    .build();
        } catch (DataException outOfRange) {
            throw ClientException.usage("a number is out of range, or --semantic is not like CN_MOBILE");
        }
    }

    private Question.Builder aboutColumn(PolicyBundle bundle, InstantSource clock) {
        String[] parts = column.orElseThrow().split("#", 2);
        if (consent.isPresent() || pia.isPresent() || !flags.isEmpty() || semantic.isPresent()) {
            throw ClientException.usage("--consent, --pia, --flags and --semantic come from the column's declaration");
        }
        if (parts.length != 2) {
            throw ClientException.usage("--column must look like orders#amount_cny");
        }
        Dataset dataset = declared(bundle, parts[0]);
        Column declared = column(dataset, parts[1]);
        LocalDate day =
                asOf.map(PolicyQuestion::day).orElseGet(() -> LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        // Without a purpose no assessment covers it; the question stays incomplete and is denied as such.
        return purpose.map(covered -> Question.about(dataset, declared, covered, day))
                .orElseGet(() -> Question.asking()
                        .level(declared.level())
                        .flags(declared.flags())
                        .semantic(declared.semantic())
                        .consent(dataset.consent())
                        .pia(PiaState.NONE));
    }

    private static Dataset declared(PolicyBundle bundle, String name) {
        return bundle.datasets().values().stream()
                .filter(dataset -> dataset.id().value().equals(name))
                .findFirst()
                .orElseThrow(() -> ClientException.usage("no dataset is declared as " + name));
    }

    private static Column column(Dataset dataset, String name) {
        return dataset.columns().stream()
                .filter(each -> each.name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> ClientException.usage(dataset.id() + " declares no column " + name));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException noSuchDay) {
            throw ClientException.usage("--as-of must be a day like 2026-12-15");
        }
    }
}
