package io.tamis.cli.holder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.TestShell;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Clamp;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.he.Bfv;
import io.tamis.he.KeyEpoch;
import io.tamis.he.SlotCandidates;
import io.tamis.holder.GroupId;
import io.tamis.holder.OpeningLimit;
import io.tamis.holder.PartyKey;
import io.tamis.holder.ProfileName;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.TagBounds;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import io.tamis.holder.ceremony.CeremonyId;
import io.tamis.holder.slots.PlatformRound;
import io.tamis.holder.slots.PlatformSlots;
import io.tamis.holder.slots.RoundBoard;
import io.tamis.holder.slots.SlotContext;
import io.tamis.holder.slots.SlotPlan;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three holders, two of them needed, on the boards of a service that only stores; a scheme WITHOUT security. */
class BoardWorkTest {
    private static final CeremonyId CEREMONY = new CeremonyId(new UUID(0, 7));
    private static final String CEREMONY_PATH = "/v1/key-ceremonies/" + CEREMONY;
    private static final String ROUND_PATH = "/v1/tags/shop-users/2/rounds/1";
    private static final PartyId SHOP = new PartyId("shop");
    private static final Bfv SCHEME = AgentWorld.SCHEME;

    @TempDir
    Path temp;

    private final BoardService service = new BoardService();
    private final List<HolderStore> stores = new ArrayList<>();
    private BcfksKeyProvider platform;
    private Roster roster;

    @BeforeEach
    void begin() {
        for (int i = 1; i <= 3; i++) {
            stores.add(
                    HolderStore.create(folder(i), TestKeys.password(), new PartyId("holder-" + i), new SystemRandom()));
        }
        platform = BcfksKeyProvider.create(
                temp.resolve("platform"), TestKeys.password(), true, new SystemRandom(), KeySet.PLATFORM);
        roster = roster();
        service.open(
                CEREMONY_PATH,
                Json.object()
                        .put("id", CEREMONY.toString())
                        .put("rosterHash", roster.hash().hex())
                        .put("keyEpoch", 1)
                        .build());
    }

    @AfterEach
    void end() {
        stores.forEach(HolderStore::close);
        service.close();
    }

    @Test
    void ceremony_ofThreeAgents_makesOneKeyAndThreeShares() {
        ceremony(false);
        Hash key = desk(1).epochs().key(1).orElseThrow().hash();
        for (int i = 1; i <= 3; i++) {
            assertTrue(desk(i).epochs().serves(1));
            assertEquals(key, desk(i).epochs().key(1).orElseThrow().hash());
            try (var share = desk(i).epochs().share(1)) {
                assertEquals(i, share.holder().number());
            }
            assertFalse(stores.get(i - 1).sealed().find("secret-" + CEREMONY).isPresent());
        }
    }

    /** Every agent is killed after every turn, and begins again from its folder. */
    @Test
    void ceremony_ofAgentsKilledAfterEveryTurn_isTheSame() {
        ceremony(true);
        assertTrue(desk(3).epochs().serves(1));
        assertEquals(27, service.messages(CEREMONY_PATH).size());
    }

    /** The message was stored, the service away: what is posted later is the same to the letter. */
    @Test
    void ceremony_whoseServiceIsAwayBetween_goesOn() {
        var agent = new HolderAgent(
                HolderAgent.works(desk(1), tickets(1)), new HolderEvents(shell(), true), duration -> true);
        service.away(3);
        assertEquals(ExitCode.UNAVAILABLE, agent.once());
        ceremony(false);
        assertTrue(desk(1).epochs().serves(1));
    }

    @Test
    void ceremony_ofAnotherRoster_isNotJoined() {
        service.open(
                CEREMONY_PATH,
                Json.object()
                        .put("id", CEREMONY.toString())
                        .put("rosterHash", Hash.sha256(new byte[] {1}).hex())
                        .put("keyEpoch", 1)
                        .build());
        assertFalse(new CeremonyWork(desk(1)).turn());
        var over = assertInstanceOf(CeremonyWork.Turn.Over.class, new CeremonyWork(desk(1)).turn(CEREMONY));
        assertEquals("ROSTER", over.fault());
        assertEquals(List.of(), service.messages(CEREMONY_PATH));
    }

    /** A server that gives one number to two keys: old inputs would stand under a new one. */
    @Test
    void epoch_ofAnotherCeremony_isNotOverwritten() {
        ceremony(false);
        var other = new CeremonyId(new UUID(0, 8));
        try (var share = desk(1).epochs().share(1)) {
            var key = desk(1).epochs().key(1).orElseThrow();
            assertThrows(StoreException.class, () -> desk(1).epochs().keep(1, other, key, share));
        }
    }

    @Test
    void round_ofAnHonestPlatform_isPassedByAllWithTheSameSurvivors() {
        ceremony(false);
        var context = round(false);
        var first = desk(1).rounds().find(context).orElseThrow();
        assertEquals(2, first.survivors().size());
        for (int i = 2; i <= 3; i++) {
            assertEquals(first, desk(i).rounds().find(context).orElseThrow());
        }
        assertEquals(new AuditWork.Turn(false, 0), new AuditWork(desk(1)).turn());
    }

    /** One seed of one slot is another than was committed to: nobody passes the round. */
    @Test
    void round_whoseOpeningWasChanged_isOver() {
        ceremony(false);
        var context = round(true);
        assertTrue(desk(1).rounds().find(context).isEmpty());
        assertTrue(desk(1).rounds().settled(context));
    }

    /** A server in league with the platform opens one more round, of another version: a bad slot would pass in the end. */
    @Test
    void attack_roundAfterAFailedOne_isNotAudited() {
        ceremony(false);
        var failed = round(true);
        var next = new SlotContext(
                roster.hash(), new KeyEpoch(1), new DatasetId("shop-orders"), 3, SHOP, failed.attempt() + 1);
        assertTrue(desk(1).rounds().settled(next));
        var another = new SlotContext(
                roster.hash(), new KeyEpoch(1), new DatasetId("video-users"), 1, new PartyId("video"), 1);
        assertFalse(desk(1).rounds().settled(another));
    }

    private void ceremony(boolean killed) {
        boolean spoke = true;
        int turns = 0;
        while (spoke) {
            assertTrue(turns++ < 100, "the ceremony does not end");
            spoke = false;
            for (int i = 1; i <= 3; i++) {
                spoke |= new CeremonyWork(desk(i)).turn();
                if (killed) {
                    stores.get(i - 1).close();
                    stores.set(i - 1, HolderStore.open(folder(i), TestKeys.password(), new SystemRandom()));
                }
            }
        }
        // Whoever spoke last has yet to see that all have.
        for (int i = 1; i <= 3; i++) {
            new CeremonyWork(desk(i)).turn();
        }
    }

    private SlotContext round(boolean cheating) {
        var context = new SlotContext(roster.hash(), new KeyEpoch(1), new DatasetId("shop-users"), 2, SHOP, 1);
        service.open(
                ROUND_PATH,
                Json.object()
                        .put("rosterHash", roster.hash().hex())
                        .put("keyEpoch", 1)
                        .put("dataset", "shop-users")
                        .put("version", 2)
                        .put("platform", "shop")
                        .put("try", 1)
                        .build());
        var spec = new TagSpec(
                new TagName("friends"),
                new ColumnName("friends"),
                new TagBounds(0, new Clamp(0, 500)),
                OptionalLong.empty());
        var plan = new SlotPlan(SCHEME.paramsId(), SlotPlan.FOLD, List.of(spec), 2);
        var candidates = new SlotCandidates(desk(1).epochs().key(1).orElseThrow());
        var master = SecretBytes.copyOf(Hash.sha256("master".getBytes(UTF_8)).bytes());
        var speaker = new PlatformRound(context, platform);
        try (var slots = new PlatformSlots(context, plan, candidates, master)) {
            var roots = joined(slots.root(0).bytes(), slots.root(1).bytes());
            service.put(ROUND_PATH, roots);
            SignedMessage first = speaker.plan(plan, Hash.sha256(roots));
            service.post(ROUND_PATH, first);
            turns();
            Hash coin = speaker.coin(roster, RoundBoard.of(service.messages(ROUND_PATH)), first)
                    .orElseThrow();
            byte[] openings = joined(slots.opening(0, coin), slots.opening(1, coin));
            if (cheating) {
                openings[5] ^= 1;
            }
            service.put(ROUND_PATH, openings);
            service.post(ROUND_PATH, speaker.opening(first, coin, List.of(Hash.sha256(openings))));
            turns();
        }
        return context;
    }

    private void turns() {
        for (int turn = 0; turn < 4; turn++) {
            for (int i = 1; i <= 3; i++) {
                new AuditWork(desk(i)).turn();
            }
        }
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private Shell shell() {
        return new TestShell(temp).shell();
    }

    private TicketWork tickets(int i) {
        return new TicketWork(desk(i), shell(), spread -> 0, new SystemRandom());
    }

    private HolderDesk desk(int i) {
        var store = stores.get(i - 1);
        return new HolderDesk(
                ApiClient.of(service.url()).as(new BearerToken(TestShell.TOKEN)),
                store,
                store.cache(1 << 24),
                SCHEME,
                roster,
                AgentWorld.policy(),
                new HolderEvents(shell(), true));
    }

    private Path folder(int i) {
        return temp.resolve("holder-" + i);
    }

    private Roster roster() {
        var holders = stores.stream()
                .map(store -> new Roster.Holder(
                        store.party(),
                        PartyKey.of(store.keys().publicKey(KeyName.HOLDER_SIGNING)),
                        PartyKey.of(store.keys().publicKey(KeyName.HOLDER_SEALING))))
                .toList();
        var server = Hash.sha256("server".getBytes(UTF_8)).bytes();
        return new Roster(
                new GroupId("test"),
                new ProfileName("TEST-64"),
                2,
                holders,
                List.of(new Roster.Platform(SHOP, PartyKey.of(platform.publicKey(KeyName.PLATFORM_SIGNING)))),
                PartyKey.of(server),
                List.of(new VerifierKey(
                        new Origin("example.com/tamis/2026"), platform.publicKey(KeyName.PLATFORM_SIGNING))),
                List.of(),
                new OpeningLimit(64, 40));
    }
}
