package io.tamis.cli.chain;

import io.tamis.cli.chain.JsonRpc.Outcome;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.log.TreeHead;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One log in one {@code AccessLogNotary}, asked of a node by {@code eth_call} and {@code eth_getLogs}.
 *
 * <p>Assumes that the node speaks for the chain, and that the contract at this address is the published one: who takes the
 * address from the log's operator has checked nothing.
 */
public final class NotaryContract implements Notarised, AutoCloseable {
    /** Blocks asked for at once; common nodes allow as many. */
    private static final long BLOCKS = 2000;

    /** Most such questions. */
    private static final int QUESTIONS_MAX = 64;

    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final Pattern LOG_ID = Pattern.compile("0x[0-9a-fA-F]{64}");
    private static final int HEAD_WORDS = 5;
    private static final int EVENT_WORDS = 4;

    private final JsonRpc node;
    private final Place place;
    private boolean known;

    /**
     * Where a log is anchored.
     *
     * @param contract {@code 0x} and 40 hexadecimal digits
     * @param logId {@code 0x} and 64 hexadecimal digits
     */
    public record Place(long chainId, String contract, String logId) {
        public Place {
            Objects.requireNonNull(contract);
            Objects.requireNonNull(logId);
            if (chainId < 1
                    || !ADDRESS.matcher(contract).matches()
                    || !LOG_ID.matcher(logId).matches()) {
                throw new ChainException("no place of a log: chain id, contract or log id is of another form");
            }
        }

        /** True when both name the same log; hexadecimal digits have two cases. */
        public boolean same(Place other) {
            return chainId == other.chainId
                    && contract.equalsIgnoreCase(other.contract)
                    && logId.equalsIgnoreCase(other.logId);
        }
    }

    /** A log at this place, as the node at this address tells it; it has this long for each answer. */
    public NotaryContract(URI node, Place place, Duration patience) {
        this.node = new JsonRpc(node, patience);
        this.place = place;
    }

    @Override
    public Optional<Anchor> newest() {
        requireChain();
        Optional<String> result = call(Abi.HEAD + id());
        return result.map(words -> {
            long size = Abi.number(Abi.word(words, HEAD_WORDS, 1));
            var at = Instant.ofEpochSecond(Abi.number(Abi.word(words, HEAD_WORDS, 3)));
            long block = Abi.number(Abi.word(words, HEAD_WORDS, 4));
            Hash root = Abi.word(words, HEAD_WORDS, 0);
            return new Anchor(size == 0 ? TreeHead.EMPTY : new TreeHead(size, root), at, block);
        });
    }

    @Override
    public Optional<Hash> rootAt(long size) {
        requireChain();
        return call(Abi.ROOT_AT + id() + Abi.word(size))
                .map(words -> Abi.word(words, 1, 0))
                .filter(root -> !root.equals(Hash.of(new byte[Hash.LENGTH])));
    }

    @Override
    public List<TreeHead> backTo(Anchor newest, long size) {
        requireChain();
        var anchors = new ArrayList<TreeHead>();
        long to = newest.block();
        for (int asked = 0; asked < QUESTIONS_MAX && to >= 0; asked++) {
            long from = Math.max(0, to - BLOCKS + 1);
            anchors.addAll(events(from, to));
            if (anchors.stream().anyMatch(anchor -> anchor.size() <= size)) {
                break;
            }
            to = from - 1;
        }
        anchors.sort(Comparator.comparingLong(TreeHead::size).reversed());
        return List.copyOf(anchors);
    }

    private List<TreeHead> events(long from, long to) {
        Json.Obj filter = Json.object()
                .put("address", place.contract())
                .put("fromBlock", "0x" + Long.toHexString(from))
                .put("toBlock", "0x" + Long.toHexString(to))
                .put("topics", Json.strings(List.of(Abi.ANCHORED, place.logId())))
                .build();
        if (!(node.ask("eth_getLogs", List.of(filter)) instanceof Outcome.Result(Json.Arr events))) {
            throw JsonRpc.nonsense();
        }
        return events.items().stream().map(NotaryContract::anchor).toList();
    }

    private static TreeHead anchor(Json event) {
        if (event instanceof Json.Obj object
                && object.member("topics").orElse(new Json.Null()) instanceof Json.Arr topics
                && topics.items().size() == 3
                && topics.items().get(2) instanceof Json.Str size
                && object.member("data").orElse(new Json.Null()) instanceof Json.Str data) {
            long leaves = Abi.number(Abi.word(size.value(), 1, 0));
            if (leaves > 0) {
                return new TreeHead(leaves, Abi.word(data.value(), EVENT_WORDS, 0));
            }
        }
        throw JsonRpc.nonsense();
    }

    /** What the contract returns; empty when it does not know the log. */
    private Optional<String> call(String data) {
        Json.Obj call =
                Json.object().put("to", place.contract()).put("data", data).build();
        return switch (node.ask("eth_call", List.of(call, Json.of("latest")))) {
            case Outcome.Result(Json.Str result) -> {
                if (result.value().equals("0x")) {
                    throw new ChainException("there is no such contract at this address");
                }
                yield Optional.of(result.value());
            }
            case Outcome.Result _ -> throw JsonRpc.nonsense();
            case Outcome.Failed(Optional<String> why) -> {
                if (why.filter(Abi.UNKNOWN_LOG::equals).isEmpty()) {
                    throw new ChainException("there is no such contract at this address");
                }
                yield Optional.empty();
            }
        };
    }

    /** Asked once, before anything else. */
    private void requireChain() {
        if (known) {
            return;
        }
        if (!(node.ask("eth_chainId", List.of()) instanceof Outcome.Result(Json.Str told))) {
            throw JsonRpc.nonsense();
        }
        if (Abi.quantity(told.value()) != place.chainId()) {
            throw new ChainException("the node is of another chain");
        }
        known = true;
    }

    private String id() {
        return place.logId().substring(2);
    }

    @Override
    public void close() {
        node.close();
    }
}
