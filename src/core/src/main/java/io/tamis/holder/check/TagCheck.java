package io.tamis.holder.check;

import io.tamis.data.Charge;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Level;
import io.tamis.data.Use;
import io.tamis.holder.TagSpec;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.TicketSegment;
import io.tamis.holder.ticket.TicketSource;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.Decision;
import io.tamis.policy.Question;
import io.tamis.policy.Treatment;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Item 1: what is summed, by the holder's own declarations, rounds and rules. */
final class TagCheck {
    private final HolderFacts facts;
    private final LocalDate day;

    TagCheck(HolderFacts facts, LocalDate day) {
        this.facts = facts;
        this.day = day;
    }

    /** What the sources are, or why they are none. */
    sealed interface Found {
        record Tags(List<TicketTag> tags) implements Found {
            public Tags {
                tags = List.copyOf(tags);
            }
        }

        record Refused(HolderRefusal reason) implements Found {}
    }

    Found find(DecryptionTicket ticket) {
        var tags = new ArrayList<TicketTag>();
        var families = new HashSet<DatasetId>();
        for (TicketSource source : ticket.sources()) {
            // Two versions of one family hold the same persons: each would count twice for what is charged once.
            if (!families.add(source.dataset())) {
                return new Found.Refused(HolderRefusal.INPUT_REPEATED);
            }
            Optional<PassedRound> round = facts.rounds().of(ticket.keyEpoch(), source);
            if (round.isEmpty()) {
                return new Found.Refused(HolderRefusal.INPUT_NOT_PASSED);
            }
            Optional<TicketTag> tag = tag(source, round.get());
            if (tag.isEmpty()) {
                return new Found.Refused(HolderRefusal.DECLARATION_UNKNOWN);
            }
            // The platform clipped to what it signed: under another clamp here, the noise would be made for another
            // person.
            if (!tag.get().spec().isOf(tag.get().column())) {
                return new Found.Refused(HolderRefusal.DECLARATION_DIFFERS);
            }
            if (!asCounted(ticket.segments().getFirst(), tag.get())) {
                return new Found.Refused(HolderRefusal.QUERY_KIND);
            }
            if (source.inputs().size() != round.get().blocks(source.tag())) {
                return new Found.Refused(HolderRefusal.INPUTS_INCOMPLETE);
            }
            tags.add(tag.get());
        }
        return new Found.Tags(tags);
    }

    private Optional<TicketTag> tag(TicketSource source, PassedRound round) {
        Optional<Dataset> dataset =
                Optional.ofNullable(facts.bundle().datasets().get(source.dataset()));
        Optional<TagSpec> spec = round.tag(source.tag());
        if (dataset.isEmpty() || spec.isEmpty() || !dataset.get().owner().equals(round.platform())) {
            return Optional.empty();
        }
        return dataset.get()
                .column(spec.get().column())
                .filter(column -> column.allows(Use.ENCRYPTED_ONLY) || column.allows(Use.AGGREGATE_ONLY))
                .map(column -> new TicketTag(source, dataset.get(), column, round, spec.get()));
    }

    /**
     * A vector of persons' tags that is opened as counts would show persons, one a coefficient. And one platform's counts by other
     * values, or in another order, would be added to another's.
     */
    private static boolean asCounted(TicketSegment segment, TicketTag tag) {
        return tag.spec().buckets().equals(segment.buckets());
    }

    /** Asks the holder's own bundle, about reading every tag and about releasing the noised sum of every tag. */
    Optional<HolderRefusal> policyRefusal(DecryptionTicket ticket, List<TicketTag> tags, Charge charged) {
        for (TicketTag tag : tags) {
            if (facts.roster()
                    .underOneControl(ticket.asked().merchant(), tag.round().platform())) {
                return Optional.of(HolderRefusal.COMMON_CONTROL);
            }
            if (!permitted(input(ticket, tag), encrypted(tag) ? Treatment.ENCRYPTED : Treatment.RAW)
                    || !permitted(output(ticket, tag, charged), Treatment.DP_AGGREGATE)) {
                return Optional.of(HolderRefusal.POLICY_DENIED);
            }
        }
        return Optional.empty();
    }

    /** True when the policy is asked about computing under encryption: from level 4 on. */
    static boolean encrypted(TicketTag tag) {
        return tag.column().level().atLeast(Level.L4);
    }

    private Question input(DecryptionTicket ticket, TicketTag tag) {
        return about(ticket, tag)
                .context(Context.SANDBOX_INPUT)
                .action(encrypted(tag) ? Action.COMPUTE_ENCRYPTED : Action.COMPUTE)
                .build();
    }

    /** Asked at the level that encryption leaves, as the server does. */
    private Question output(DecryptionTicket ticket, TicketTag tag, Charge charged) {
        var question = about(ticket, tag)
                .context(Context.SANDBOX_OUTPUT)
                .action(Action.AGGREGATE)
                .level(Treatment.ENCRYPTED.levelOf(tag.column().level()))
                .cohort(ticket.bounds().minCohort());
        return switch (ticket.noise().loss().mechanism()) {
            case ZCDP_GAUSSIAN -> question.rho(charged.rho()).build();
            case PURE_LAPLACE -> question.epsilon(charged.pureEpsilon()).build();
        };
    }

    private Question.Builder about(DecryptionTicket ticket, TicketTag tag) {
        return Question.about(tag.dataset(), tag.column(), tag.source().purpose(), day)
                .role(ticket.asked().role())
                .region(ticket.asked().region())
                .approvals(ticket.approvals().size());
    }

    /** A public column may be released as it is; noise does no harm to the rule that allows more. */
    private boolean permitted(Question question, Treatment form) {
        return switch (facts.bundle().decide(question)) {
            case Decision.Permit permit ->
                permit.treatment() == form || (form == Treatment.DP_AGGREGATE && permit.treatment() == Treatment.RAW);
            case Decision.Deny _ -> false;
        };
    }
}
