package io.tamis.cli.holder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.BearerToken;
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

/**
 * Three holders, two of them needed, and a platform, on the boards of a service that only stores; a scheme WITHOUT security.
 * Begins with the board of one ceremony.
 */
final class BoardScene implements AutoCloseable {
    static final CeremonyId CEREMONY = new CeremonyId(new UUID(0, 7));
    static final String CEREMONY_PATH = "/v1/key-ceremonies/" + CEREMONY;
    static final PartyId SHOP = new PartyId("shop");
    private static final Bfv SCHEME = AgentWorld.SCHEME;

    final BoardService service = new BoardService();
    final List<HolderStore> stores = new ArrayList<>();
    final TestShell shell;
    final Roster roster;

    private final Path temp;
    private final BcfksKeyProvider platform;

    BoardScene(Path temp) {
        this.temp = temp;
        shell = new TestShell(temp);
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

    /** Runs the ceremony to its end; with every agent killed after every turn, when so asked. */
    void ceremony(boolean killed) {
        boolean spoke = true;
        int turns = 0;
        while (spoke) {
            assertTrue(turns++ < 100, "the ceremony does not end");
            spoke = false;
            for (int i = 1; i <= 3; i++) {
                spoke |= new CeremonyWork(desk(i)).turn();
                if (killed) {
                    restart(i);
                }
            }
        }
        // Whoever spoke last has yet to see that all have.
        for (int i = 1; i <= 3; i++) {
            new CeremonyWork(desk(i)).turn();
        }
    }

    /** The holder's process ends without a word, and another one begins on the same folder. */
    void restart(int i) {
        stores.get(i - 1).close();
        stores.set(i - 1, HolderStore.open(folder(i), TestKeys.password(), new SystemRandom()));
    }

    /** A round of two slots of the platform's one tag, in a version and attempt. */
    Play play(int version, int attempt) {
        return new Play(
                new SlotContext(roster.hash(), new KeyEpoch(1), new DatasetId("shop-users"), version, SHOP, attempt));
    }

    /** The platform's side of one round. */
    final class Play {
        final SlotContext context;
        final String path;
        private final PlatformRound speaker;
        private final PlatformSlots slots;
        private final SignedMessage plan;

        private Play(SlotContext context) {
            this.context = context;
            path = "/v1/tags/shop-users/" + context.version() + "/rounds/" + context.attempt();
            service.open(
                    path,
                    Json.object()
                            .put("rosterHash", roster.hash().hex())
                            .put("keyEpoch", 1)
                            .put("dataset", "shop-users")
                            .put("version", context.version())
                            .put("platform", "shop")
                            .put("try", context.attempt())
                            .build());
            var spec = new TagSpec(
                    new TagName("friends"),
                    new ColumnName("friends"),
                    new TagBounds(0, new Clamp(0, 500)),
                    OptionalLong.empty());
            var asked = new SlotPlan(SCHEME.paramsId(), SlotPlan.FOLD, List.of(spec), 2);
            var candidates = new SlotCandidates(desk(1).epochs().key(1).orElseThrow());
            var master =
                    SecretBytes.copyOf(Hash.sha256("master".getBytes(UTF_8)).bytes());
            speaker = new PlatformRound(context, platform);
            slots = new PlatformSlots(context, asked, candidates, master);
            byte[] roots = joined(slots.root(0).bytes(), slots.root(1).bytes());
            service.put(path, roots);
            plan = speaker.plan(asked, Hash.sha256(roots));
            service.post(path, plan);
        }

        /** Opens all candidates but the survivors; a cheat's opening has one bit of one seed wrong. */
        void open(boolean cheating) {
            Hash coin = speaker.coin(roster, RoundBoard.of(service.messages(path)), plan)
                    .orElseThrow();
            byte[] openings = joined(slots.opening(0, coin), slots.opening(1, coin));
            if (cheating) {
                openings[5] ^= 1;
            }
            service.put(path, openings);
            service.post(path, speaker.opening(plan, coin, List.of(Hash.sha256(openings))));
        }

        /** How many messages of this type are on the board. */
        long said(String type) {
            return service.messages(path).stream()
                    .filter(message -> message.message().type().value().equals(type))
                    .count();
        }
    }

    /** As many turns as a round has steps, of all holders. */
    void turns() {
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

    HolderDesk desk(int i) {
        var store = stores.get(i - 1);
        return new HolderDesk(
                ApiClient.of(service.url()).as(new BearerToken(TestShell.TOKEN)),
                store,
                store.cache(1 << 24),
                SCHEME,
                roster,
                AgentWorld.policy(),
                new HolderEvents(shell.shell(), true));
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

    @Override
    public void close() {
        stores.forEach(HolderStore::close);
        service.close();
    }
}
