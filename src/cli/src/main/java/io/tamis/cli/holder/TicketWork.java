package io.tamis.cli.holder;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Progress;
import io.tamis.cli.client.Shell;
import io.tamis.crypto.KeyName;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.RandomSource;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.Message;
import io.tamis.holder.MessageContext;
import io.tamis.holder.MessageType;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.check.HolderFacts;
import io.tamis.holder.check.OpeningBook;
import io.tamis.holder.check.PassedRound;
import io.tamis.holder.check.TicketAnswer;
import io.tamis.holder.check.TicketCheck;
import io.tamis.holder.check.TicketContent;
import io.tamis.holder.check.TicketVerdict;
import io.tamis.holder.slots.SlotContext;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.OpenedTicket;
import io.tamis.holder.ticket.ShareMessage;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketSegment;
import io.tamis.holder.ticket.TicketSource;
import io.tamis.privacy.Noise;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A holder's part in tickets: checks each, and answers with a share or a coded refusal.
 *
 * <p>The order is what a crash must not break: the share is made and stored, then its line is appended to the own log and forced
 * to disk, then it is posted. A crash before the line leaves a share that nobody has seen, and the next one is drawn anew; a
 * crash after it leaves the line, and the stored share is sent. No noise is ever drawn twice for numbers that somebody sees.
 */
final class TicketWork {
    private static final MessageType REFUSAL = new MessageType("ticket-refusal");

    private final HolderDesk desk;
    private final Shell shell;
    private final Noise noise;
    private final RandomSource random;
    private final Set<Hash> sent = new HashSet<>();

    TicketWork(HolderDesk desk, Shell shell, Noise noise, RandomSource random) {
        this.desk = desk;
        this.shell = shell;
        this.noise = noise;
        this.random = random;
    }

    /** Answers every open ticket that this process has not answered yet. True when something was sent. */
    boolean turn() {
        boolean answered = false;
        for (JsonView item : desk.api()
                .get("/v1/decryption-tickets")
                .orRefused()
                .view()
                .at("items")
                .items()) {
            answered |= Isolated.turn(desk.events(), "ticket", () -> turn(item));
        }
        return answered;
    }

    private boolean turn(JsonView item) {
        var signed = SignedTicket.fromJson(item.value());
        if (!sent.add(signed.hash())) {
            return false;
        }
        boolean answered = false;
        try {
            answered = answer(signed);
            return answered;
        } finally {
            // Whatever went wrong, nothing is known of whether the service has the answer, so it is sent again.
            if (!answered) {
                sent.remove(signed.hash());
            }
        }
    }

    private boolean answer(SignedTicket signed) {
        return switch (verdict(signed)) {
            case TicketVerdict.Answered _ -> post(signed, stored(signed));
            case TicketVerdict.Accepted accepted -> post(signed, opened(accepted));
            case TicketVerdict.Refused(HolderRefusal reason) -> refuse(signed, reason);
        };
    }

    private TicketVerdict verdict(SignedTicket signed) {
        long total = signed.ticket().sources().stream()
                .mapToLong(source -> source.inputs().size())
                .sum();
        var progress =
                Progress.counting(shell, "re-executing " + signed.ticket().id(), total);
        try {
            return new TicketCheck(desk.scheme(), facts(), shell.clock()).check(signed, content(signed), progress::at);
        } finally {
            progress.clear();
        }
    }

    private HolderFacts facts() {
        return new HolderFacts(
                desk.store().party(),
                desk.roster(),
                desk.policy(),
                this::serves,
                this::round,
                OpeningBook.of(desk.store().log().lines(), Subsets.count(desk.roster())));
    }

    /**
     * The service's word that an epoch is over is taken, until the operator says otherwise; its word that one is not counts for
     * nothing. The share stays: a word that nobody has proven must not destroy what only a ceremony makes again.
     */
    private boolean serves(long epoch) {
        if (!desk.epochs().serves(epoch)) {
            return false;
        }
        String state = desk.api()
                .get("/v1/key-epochs/" + epoch)
                .orRefused()
                .view()
                .at("state")
                .text();
        if (state.equals("RETIRED") || state.equals("COMPROMISED")) {
            desk.epochs().end(epoch);
            desk.events().tell("epoch-ended", Long.toString(epoch), state);
            desk.events().tell("share-kept", Long.toString(epoch), "./tamis holder erase " + epoch);
        }
        return state.equals("ACTIVE");
    }

    private Optional<PassedRound> round(long epoch, TicketSource source) {
        if (source.attempt() > SlotContext.ATTEMPTS_MAX) {
            return Optional.empty();
        }
        return Optional.ofNullable(desk.policy().datasets().get(source.dataset()))
                .flatMap(dataset -> desk.rounds()
                        .find(new SlotContext(
                                desk.roster().hash(),
                                new KeyEpoch(epoch),
                                source.dataset(),
                                source.version(),
                                dataset.owner(),
                                source.attempt())));
    }

    /** Ciphertexts, masks and the result key by hash, from the cache or this ticket's own paths. */
    private TicketContent content(SignedTicket signed) {
        Set<Hash> masks = new HashSet<>();
        signed.ticket().segments().forEach(segment -> masks.addAll(segment.masks()));
        String path = "/v1/decryption-tickets/" + signed.ticket().id();
        return hash -> {
            Optional<byte[]> kept = desk.cache().find(hash);
            return kept.isPresent() ? kept : downloaded(path + place(signed.ticket(), masks, hash), hash);
        };
    }

    private static String place(DecryptionTicket ticket, Set<Hash> masks, Hash hash) {
        if (ticket.asked().resultKey().equals(Optional.of(hash))) {
            return "/merchant-key";
        }
        return (masks.contains(hash) ? "/masks/" : "/inputs/") + hash;
    }

    private Optional<byte[]> downloaded(String path, Hash hash) {
        return switch (desk.api().get(path)) {
            case Answer.Ok ok -> {
                byte[] octets = ok.bytes();
                desk.cache().put(hash, octets);
                yield Optional.of(octets);
            }
            case Answer.Refused refused when refused.problem().status() == 404 -> Optional.empty();
            case Answer.Refused refused -> throw ClientException.refused(refused.problem());
        };
    }

    private byte[] opened(TicketVerdict.Accepted accepted) {
        SignedTicket signed = accepted.ticket();
        byte[] octets;
        try (var key = desk.epochs().share(signed.ticket().keyEpoch())) {
            ShareMessage message = new TicketAnswer(desk.scheme(), desk.roster(), noise, random)
                    .answer(accepted, key, desk.store().keys());
            octets = message.octets();
        }
        desk.store().keepShare(signed.hash(), octets);
        desk.store().log().append(line(accepted, Hash.sha256(octets)));
        return octets;
    }

    private OpenedTicket line(TicketVerdict.Accepted accepted, Hash share) {
        var ticket = accepted.ticket().ticket();
        List<Hash> aggregates =
                ticket.segments().stream().map(TicketSegment::aggregate).toList();
        return new OpenedTicket(
                ticket.id(),
                ticket.asked().job(),
                accepted.ticket().hash(),
                ticket.keyEpoch(),
                ticket.asked().collaboration(),
                aggregates,
                ticket.activeSet(),
                accepted.charge(),
                ticket.charges(),
                share,
                shell.clock().instant());
    }

    private byte[] stored(SignedTicket signed) {
        OpenedTicket line = desk.store().log().lines().stream()
                .filter(opened -> opened.ticket().equals(signed.hash()))
                .findFirst()
                .orElseThrow();
        return desk.store().share(signed.hash(), line.share());
    }

    private boolean post(SignedTicket signed, byte[] octets) {
        String id = signed.ticket().id().toString();
        settled(desk.api().postBytes("/v1/decryption-tickets/" + id + "/shares", octets));
        desk.events().tell("share-posted", id, opened(signed.ticket()));
        return true;
    }

    /** What was opened, by the ticket that was checked against the owners' question. */
    private static String opened(DecryptionTicket ticket) {
        String tags = ticket.sources().stream()
                .map(source -> source.dataset() + ":" + source.tag())
                .collect(Collectors.joining(","));
        return ticket.asked().metric() + " " + tags + " for " + ticket.asked().merchant() + ", numbers: "
                + ticket.segments().size();
    }

    private boolean refuse(SignedTicket signed, HolderRefusal reason) {
        String id = signed.ticket().id().toString();
        var body = Json.object()
                .put("ticket", signed.hash().hex())
                .put("code", reason.name())
                .build();
        SignedMessage refusal = new Message(
                        REFUSAL,
                        desk.roster().hash(),
                        new MessageContext(id),
                        desk.store().party(),
                        body)
                .signed(desk.store().keys(), KeyName.HOLDER_SIGNING);
        settled(desk.api().post("/v1/decryption-tickets/" + id + "/refusals", refusal.toJson()));
        desk.events().tell("ticket-refused", id, reason.name());
        return true;
    }

    /** A ticket that ended meanwhile needs no answer; anything else the service says against it is for the operator. */
    private static void settled(Answer answer) {
        if (answer instanceof Answer.Refused refused
                && refused.problem().status() != 409
                && refused.problem().status() != 404) {
            throw ClientException.refused(refused.problem());
        }
    }
}
