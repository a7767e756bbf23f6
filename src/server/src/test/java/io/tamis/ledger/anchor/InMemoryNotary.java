package io.tamis.ledger.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.log.Origin;
import io.tamis.log.Proofs;
import io.tamis.log.TreeHead;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A chain with the contract's rules and every fault a chain has: it stalls, forgets, goes back, and serves others too. */
final class InMemoryNotary implements Notary {
    static final BigInteger BASE_FEE = BigInteger.valueOf(1_000);

    private final String contract;
    private final int confirmations;
    private final Map<Hash, Tx> signed = new HashMap<>();
    private final Set<Hash> pool = new HashSet<>();
    private final List<Block> blocks = new ArrayList<>();
    private int forks;
    private boolean answering = true;
    private boolean refusing;
    int sendings;

    InMemoryNotary(String contract, int confirmations) {
        this.contract = contract;
        this.confirmations = confirmations;
        blocks.add(new Block(0, 0, Map.of(), Map.of()));
    }

    private record Tx(Claim claim, SignedAnchor anchor) {}

    /** State after a block: how many transactions the account has, the logs' anchored heads, and what became of our own. */
    private record Block(int fork, long nonce, Map<Origin, List<TreeHead>> logs, Map<Hash, Boolean> taken) {}

    void createLog(Origin origin) {
        var top = blocks.getLast();
        var logs = new HashMap<>(top.logs());
        logs.put(origin, List.of());
        blocks.set(blocks.size() - 1, new Block(top.fork(), top.nonce(), logs, top.taken()));
    }

    /** Makes blocks, each with every transaction whose turn it is. */
    void mine(int count) {
        for (int i = 0; i < count; i++) {
            var before = blocks.getLast();
            var block = new Block(forks, before.nonce(), before.logs(), Map.of());
            for (var next = best(block.nonce()); next.isPresent(); next = best(block.nonce())) {
                pool.remove(next.get().anchor().transaction());
                block = with(block, next.get());
            }
            blocks.add(block);
        }
    }

    private Optional<Tx> best(long nonce) {
        return pool.stream()
                .map(signed::get)
                .filter(tx -> tx.anchor().slot().nonce() == nonce)
                .max(java.util.Comparator.comparing(
                        tx -> tx.anchor().slot().fee().maxWei()));
    }

    private Block with(Block block, Tx tx) {
        var logs = new HashMap<>(block.logs());
        boolean taken = !refusing && accepts(block, tx.claim());
        var heads = new ArrayList<>(logs.getOrDefault(tx.claim().origin(), List.of()));
        if (taken && (heads.isEmpty() || !heads.getLast().equals(tx.claim().head()))) {
            heads.add(tx.claim().head());
            logs.put(tx.claim().origin(), heads);
        }
        var all = new HashMap<>(block.taken());
        all.put(tx.anchor().transaction(), taken);
        return new Block(block.fork(), block.nonce() + 1, logs, all);
    }

    private static boolean accepts(Block block, Claim claim) {
        if (!block.logs().containsKey(claim.origin())) {
            return false;
        }
        var heads = block.logs().get(claim.origin());
        if (heads.isEmpty()) {
            return claim.proof().isEmpty();
        }
        TreeHead have = heads.getLast();
        return have.equals(claim.head())
                || (have.size() < claim.head().size() && Proofs.verifyConsistency(have, claim.head(), claim.proof()));
    }

    /** The last blocks are replaced by as many empty ones; what was in them waits again. */
    void reorganise(int count) {
        forks++;
        for (int i = 0; i < count; i++) {
            pool.addAll(blocks.removeLast().taken().keySet());
        }
        var top = blocks.getLast();
        for (int i = 0; i < count; i++) {
            blocks.add(new Block(forks, top.nonce(), top.logs(), Map.of()));
        }
    }

    void drop(Hash transaction) {
        pool.remove(transaction);
    }

    void dropAll() {
        pool.clear();
    }

    /** Somebody else sends from our account, and is mined. */
    void foreignTransaction() {
        var top = blocks.getLast();
        blocks.add(new Block(forks, top.nonce() + 1, top.logs(), Map.of()));
    }

    /** Somebody else anchors, by our account or another one. */
    void foreignHead(Origin origin, TreeHead head) {
        var top = blocks.getLast();
        var logs = new HashMap<>(top.logs());
        var heads = new ArrayList<>(logs.get(origin));
        heads.add(head);
        logs.put(origin, heads);
        blocks.add(new Block(forks, top.nonce(), logs, Map.of()));
    }

    void answer(boolean now) {
        answering = now;
    }

    /** The contract takes no claim any more once it is mined, though it would have when asked. */
    void refuse(boolean now) {
        refusing = now;
    }

    Set<Hash> pool() {
        return Set.copyOf(pool);
    }

    @Override
    public Optional<Place> place(Origin log) {
        return Optional.of(new Place(7, contract, Hash.sha256(log.value().getBytes(UTF_8))));
    }

    @Override
    public Optional<Heads> heads(Origin log) {
        requireAnswer();
        if (!blocks.getLast().logs().containsKey(log)) {
            return Optional.empty();
        }
        return Optional.of(new Heads(head(blocks.getLast(), log), head(blocks.get(Math.max(0, settled())), log)));
    }

    private static TreeHead head(Block block, Origin log) {
        var heads = block.logs().getOrDefault(log, List.of());
        return heads.isEmpty() ? TreeHead.EMPTY : heads.getLast();
    }

    private int settled() {
        return blocks.size() - confirmations;
    }

    @Override
    public Optional<Hash> rootAt(Origin log, long size) {
        requireAnswer();
        return blocks.getLast().logs().getOrDefault(log, List.of()).stream()
                .filter(head -> head.size() == size)
                .map(TreeHead::root)
                .findFirst();
    }

    @Override
    public Slot nextSlot() {
        requireAnswer();
        return new Slot(blocks.getLast().nonce(), new Fee(BASE_FEE, BigInteger.ONE));
    }

    @Override
    public Optional<SignedAnchor> sign(Claim claim, Slot slot) {
        requireAnswer();
        if (!accepts(blocks.getLast(), claim)) {
            return Optional.empty();
        }
        String raw = contract + claim.head() + slot;
        var hash = Hash.sha256(raw.getBytes(UTF_8));
        var anchor = new SignedAnchor(hash, "0x" + hash.hex(), slot);
        signed.put(hash, new Tx(claim, anchor));
        return Optional.of(anchor);
    }

    @Override
    public void send(SignedAnchor anchor) {
        requireAnswer();
        sendings++;
        boolean mined = blocks.stream().anyMatch(block -> block.taken().containsKey(anchor.transaction()));
        if (!mined && anchor.slot().nonce() >= blocks.getLast().nonce()) {
            pool.add(anchor.transaction());
        }
    }

    @Override
    public Fate fate(Hash transaction) {
        requireAnswer();
        for (int at = 0; at < blocks.size(); at++) {
            Boolean taken = blocks.get(at).taken().get(transaction);
            if (taken != null) {
                var block = new Fate.Block(
                        at, Hash.sha256((contract + blocks.get(at).fork() + "/" + at).getBytes(UTF_8)));
                if (at > settled()) {
                    return new Fate.Mined(block);
                }
                return taken ? new Fate.Settled(block) : new Fate.Reverted(block);
            }
        }
        return new Fate.Unknown();
    }

    private void requireAnswer() {
        if (!answering) {
            throw new AnchorException(Code.NOT_READY);
        }
    }
}
