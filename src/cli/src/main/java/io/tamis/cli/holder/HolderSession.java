package io.tamis.cli.holder;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.he.Bfv;
import io.tamis.he.HeParams;
import io.tamis.holder.PartyKey;
import io.tamis.holder.Roster;
import io.tamis.holder.ceremony.CeremonyId;
import io.tamis.policy.PolicyBundle;
import io.tamis.privacy.ExactNoise;
import io.tamis.privacy.SecureBits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A holder's open store with everything its commands work with: the door of this package. */
public final class HolderSession implements AutoCloseable {
    private final HolderDesk desk;
    private final Shell shell;

    private HolderSession(HolderDesk desk, Shell shell) {
        this.desk = desk;
        this.shell = shell;
    }

    /** What a session is made of; the roster and the policy are the holder's own copies. */
    public record Setup(Path store, Roster roster, PolicyBundle policy, long cacheBytes, boolean json) {}

    /** Makes a holder's store and gives its line of the roster: {@code {party, key, sealKey}}. */
    public static Json.Obj create(Path store, SecretBytes password, PartyId party) {
        try (var made = HolderStore.create(store, password, party, new SystemRandom())) {
            return rosterLine(made);
        }
    }

    /** Takes the share of an ended epoch out of a store, for good; see {@link #resume} for the other way. */
    public static void erase(Path store, SecretBytes password, long epoch) {
        try (var opened = HolderStore.open(store, password, new SystemRandom())) {
            new EpochMarks(opened.sealed()).erase(epoch);
        }
    }

    /** Has a store serve an epoch again that the service had called over. */
    public static void resume(Path store, SecretBytes password, long epoch) {
        try (var opened = HolderStore.open(store, password, new SystemRandom())) {
            new EpochMarks(opened.sealed()).resume(epoch);
        }
    }

    private static Json.Obj rosterLine(HolderStore store) {
        return Json.object()
                .put("party", store.party().value())
                .put(
                        "key",
                        PartyKey.of(store.keys().publicKey(KeyName.HOLDER_SIGNING))
                                .toString())
                .put(
                        "sealKey",
                        PartyKey.of(store.keys().publicKey(KeyName.HOLDER_SEALING))
                                .toString())
                .build();
    }

    /** Opens the store, and refuses a roster that does not have this holder with these keys. */
    public static HolderSession open(Setup setup, SecretBytes password, ApiClient api, Shell shell) {
        HeParams params = HeParams.named(setup.roster().profile().value())
                .filter(known -> known.lambda() == setup.roster().limit().lambda())
                .orElseThrow(() -> ClientException.usage("the roster names a profile or lambda that is not offered"));
        var store = HolderStore.open(setup.store(), password, new SystemRandom());
        try {
            requireMember(store, setup.roster());
            return new HolderSession(
                    new HolderDesk(
                            api,
                            store,
                            store.cache(setup.cacheBytes()),
                            Bfv.of(params),
                            setup.roster(),
                            setup.policy(),
                            new HolderEvents(shell, setup.json())),
                    shell);
        } catch (RuntimeException unusable) {
            store.close();
            throw unusable;
        }
    }

    private static void requireMember(HolderStore store, Roster roster) {
        boolean member = roster.holder(store.party())
                .filter(holder -> holder.key().equals(PartyKey.of(store.keys().publicKey(KeyName.HOLDER_SIGNING))))
                .filter(holder ->
                        holder.sealKey().equals(PartyKey.of(store.keys().publicKey(KeyName.HOLDER_SEALING))))
                .isPresent();
        if (!member) {
            throw new ClientException(
                    Code.INVALID_REQUEST,
                    ExitCode.USAGE,
                    "the roster does not have this store's party with its keys: holder init printed the line");
        }
    }

    /** Who this is. */
    public PartyId party() {
        return desk.store().party();
    }

    /** Does ceremonies, rounds and tickets until the process ends. */
    public void serve(Duration poll) {
        agent().run(poll);
    }

    /** Does what there is to do now. */
    public ExitCode once() {
        return agent().once();
    }

    private HolderAgent agent() {
        var random = new SystemRandom();
        var tickets = new TicketWork(desk, shell, new ExactNoise(new SecureBits(random)), random);
        return new HolderAgent(HolderAgent.works(desk, tickets), desk.events(), HolderSession::rest);
    }

    /** Runs one ceremony to its end; DONE when its key is made. */
    public ExitCode ceremony(CeremonyId id, Duration poll) {
        var work = new CeremonyWork(desk);
        while (true) {
            switch (work.turn(id)) {
                case CeremonyWork.Turn.Spoke _ -> {}
                case CeremonyWork.Turn.Waiting waiting -> {
                    desk.events().tell("ceremony-waits", id.toString(), waiting.stage() + " for " + waiting.missing());
                    if (!rest(poll)) {
                        return ExitCode.LATER;
                    }
                }
                case CeremonyWork.Turn.Finished _ -> {
                    return ExitCode.DONE;
                }
                case CeremonyWork.Turn.Over _ -> {
                    return ExitCode.NO;
                }
            }
        }
    }

    /** Audits rounds until none waits, or once. */
    public ExitCode audit(boolean once, Duration poll) {
        var work = new AuditWork(desk);
        while (true) {
            AuditWork.Turn turn = work.turn();
            if (!turn.spoke() && (once || turn.waiting() == 0)) {
                return turn.waiting() == 0 ? ExitCode.DONE : ExitCode.LATER;
            }
            if (!turn.spoke() && !rest(poll)) {
                return ExitCode.LATER;
            }
        }
    }

    /** Rests; nobody counts the latch down, but a signal ends the process and an interrupt the rest. */
    private static boolean rest(Duration duration) {
        try {
            return !new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        desk.store().close();
    }
}
