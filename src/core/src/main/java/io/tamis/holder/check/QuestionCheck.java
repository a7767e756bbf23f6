package io.tamis.holder.check;

import io.tamis.data.Charge;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.ColumnType;
import io.tamis.data.DataException;
import io.tamis.holder.ticket.AskedAudience;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.TicketSegment;
import io.tamis.log.JobQuestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Item 1: the ticket asks what the question in it asks, which is what the owners approved ({@link LedgerCheck}). A server that
 * shows owners one question and holders the ticket of another is refused here.
 */
final class QuestionCheck {
    private static final Set<String> BOOLEANS = Set.of("false", "true");

    private final DecryptionTicket ticket;

    QuestionCheck(DecryptionTicket ticket) {
        this.ticket = ticket;
    }

    /** Refused unless everything of the ticket that the question speaks of is as it says. */
    Optional<HolderRefusal> refusal(List<TicketTag> tags, Charge charged) {
        try {
            boolean same = frame() && says(AskedAudience.parse(ticket.question().request()), tags, charged);
            return same ? Optional.empty() : Optional.of(HolderRefusal.QUESTION_DIFFERS);
        } catch (DataException unreadable) {
            return Optional.of(HolderRefusal.QUESTION_DIFFERS);
        }
    }

    /** Who asks, for which job, from where. */
    private boolean frame() {
        JobQuestion question = ticket.question();
        DecryptionTicket.Asked asked = ticket.asked();
        return question.job().equals(asked.job())
                && question.merchant().equals(asked.merchant())
                && question.role().policyRole().equals(Optional.of(asked.role()))
                && question.region().equals(asked.region().name());
    }

    private boolean says(AskedAudience asked, List<TicketTag> tags, Charge charged) {
        return asked.collaboration().equals(ticket.asked().collaboration())
                && asked.metric() == ticket.asked().metric()
                && asked.resultKey().equals(ticket.asked().resultKey())
                && asked.kind() == ticket.kind()
                && asked.sources().equals(AskedAudience.sources(ticket))
                && asked.sources().size() == ticket.sources().size()
                && asked.minUsers().orElse(1) <= ticket.bounds().minCohort()
                && asked.loss().mechanism() == ticket.noise().loss().mechanism()
                && asked.loss().charge().equals(charged)
                && segmented(asked.groupBy(), tags);
    }

    /** One segment without a name; or one for each of some values that every owner declares of the column. */
    private boolean segmented(Optional<ColumnName> groupBy, List<TicketTag> tags) {
        List<TicketSegment> segments = ticket.segments();
        return groupBy.map(column -> segments.stream()
                        .allMatch(segment -> segment.label()
                                .filter(label -> tags.stream().allMatch(tag -> declares(tag, column, label)))
                                .isPresent()))
                .orElseGet(() ->
                        segments.size() == 1 && segments.getFirst().label().isEmpty());
    }

    private static boolean declares(TicketTag tag, ColumnName name, String value) {
        return tag.dataset()
                .column(name)
                .filter(column -> values(column).contains(value))
                .isPresent();
    }

    private static Set<String> values(Column column) {
        return column.type() == ColumnType.BOOLEAN && column.domain().isEmpty()
                ? BOOLEANS
                : Set.copyOf(column.domain());
    }
}
