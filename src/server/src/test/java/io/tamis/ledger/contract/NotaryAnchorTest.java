package io.tamis.ledger.contract;

import static io.tamis.ledger.contract.NotaryChain.ADMIN;
import static io.tamis.ledger.contract.NotaryChain.NOTE_HASH;
import static io.tamis.ledger.contract.NotaryChain.STRANGER;
import static io.tamis.ledger.contract.NotaryChain.SUBMITTER;
import static io.tamis.ledger.contract.NotaryChain.unsigned;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.log.MerkleTree;
import io.tamis.log.TreeHead;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.exceptions.TransactionException;

/** Which heads the real contract takes, which it refuses, and which of several reasons it tells. */
class NotaryAnchorTest {
    private static final int LEAVES = 40;
    private static final MerkleTree TREE = tree(LEAVES);
    private static final Hash OTHER_ROOT = Hash.sha256("other".getBytes(StandardCharsets.UTF_8));
    private static final List<Hash> TOO_LONG = Notarised.hashes(64);

    private static NotaryChain chain;

    @BeforeAll
    static void start() throws Exception {
        chain = NotaryChain.start();
    }

    @AfterAll
    static void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    void anchor_headsThatGrow_areKeptAndTold() throws Exception {
        byte[] logId = chain.newLog("grows");
        long before = 0;
        int seq = 0;
        for (long size : new long[] {1, 2, 3, 7, 8, 9, 31, 32, 40}) {
            var head = TREE.head(size);
            var proof = before == 0 ? List.<Hash>of() : TREE.consistency(before, size);
            var receipt = chain.anchor(logId, head, proof);
            seq++;
            var anchored = AccessLogNotary.getAnchoredEvents(receipt).getFirst();
            assertArrayEquals(logId, anchored.logId);
            assertArrayEquals(head.root().bytes(), anchored.root);
            assertArrayEquals(NOTE_HASH, anchored.checkpointHash);
            assertEquals(
                    List.of(size, (long) seq, before),
                    List.of(anchored.size.longValue(), anchored.seq.longValue(), anchored.prevSize.longValue()));
            assertEquals(3, anchored.log.getTopics().size(), "log id and size can be searched for");
            assertHead(logId, head, seq, receipt.getBlockNumber());
            before = size;
        }
        for (long size = 0; size <= LEAVES; size++) {
            boolean kept = List.of(1L, 2L, 3L, 7L, 8L, 9L, 31L, 32L, 40L).contains(size);
            assertArrayEquals(
                    kept ? TREE.head(size).root().bytes() : new byte[32],
                    chain.as(STRANGER).rootAt(logId, unsigned(size)).send());
        }
    }

    @Test
    void anchor_sameHeadAgain_isSilent_whateverTheProof() throws Exception {
        byte[] logId = chain.newLog("same");
        chain.anchor(logId, TREE.head(5), List.of());
        var first = chain.as(STRANGER).head(logId).send();
        var receipt = chain.anchor(logId, TREE.head(5), Notarised.hashes(63));
        assertTrue(receipt.isStatusOK());
        assertTrue(receipt.getLogs().isEmpty());
        assertEquals(
                first.component5(), chain.as(STRANGER).head(logId).send().component5(), "the head keeps its block");
    }

    @Test
    void anchor_forkAtTheSameSize_isAConflict() throws Exception {
        byte[] logId = chain.newLog("fork");
        chain.anchor(logId, TREE.head(5), List.of());
        assertEquals("Conflict[5]", refusal(logId, 5, OTHER_ROOT, List.of()));
        assertEquals("Conflict[5]", refusal(logId, 5, TREE.head(6).root(), TREE.consistency(5, 6)));
    }

    @Test
    void anchor_smallerTree_isNotGrowing_alsoWhenItWasAnchoredBefore() throws Exception {
        byte[] logId = chain.newLog("rewind");
        chain.anchor(logId, TREE.head(5), List.of());
        chain.anchor(logId, TREE.head(9), TREE.consistency(5, 9));
        assertEquals("NotGrowing[9, 5]", refusal(logId, 5, TREE.head(5).root(), List.of()));
        assertEquals("NotGrowing[9, 8]", refusal(logId, 8, TREE.head(8).root(), TREE.consistency(8, 9)));
        assertEquals("NotGrowing[9, 1]", refusal(logId, 1, OTHER_ROOT, List.of()));
    }

    @Test
    void anchor_first_needsAnEmptyProof() throws Exception {
        byte[] logId = chain.newLog("first");
        assertEquals("BadProof[]", refusal(logId, 5, TREE.head(5).root(), Notarised.hashes(1)));
        assertEquals("BadProof[]", refusal(logId, 5, TREE.head(5).root(), TREE.consistency(3, 5)));
        assertEquals("done", refusal(logId, 5, TREE.head(5).root(), List.of()));
        assertEquals("done", refusal(logId, Long.MAX_VALUE, OTHER_ROOT, List.of()));
    }

    @Test
    void anchor_withoutRightProof_isRefused() throws Exception {
        byte[] logId = chain.newLog("proof");
        chain.anchor(logId, TREE.head(5), List.of());
        var right = TREE.consistency(5, 9);
        assertEquals("BadProof[]", refusal(logId, 9, TREE.head(9).root(), List.of()));
        assertEquals("BadProof[]", refusal(logId, 9, OTHER_ROOT, right));
        assertEquals("BadProof[]", refusal(logId, 10, TREE.head(10).root(), right));
        assertEquals("BadProof[]", refusal(logId, 9, TREE.head(9).root(), TREE.consistency(4, 9)));
        assertEquals("BadProof[]", refusal(logId, 9, TREE.head(9).root(), right.subList(1, right.size())));
        assertEquals("BadProof[]", refusal(logId, 9, TREE.head(9).root(), right.reversed()));
        assertEquals("BadProof[]", refusal(logId, 9, TREE.head(9).root(), Notarised.hashes(63)));
        assertEquals("done", refusal(logId, 9, TREE.head(9).root(), right));
    }

    /** Another tree that agrees in nothing, honestly proven to itself. */
    @Test
    void anchor_consistentExtensionOfAnotherTree_isRefused() throws Exception {
        byte[] logId = chain.newLog("other-tree");
        chain.anchor(logId, TREE.head(5), List.of());
        var other = Notarised.growth(5, 9, new SplittableRandom(5));
        assertEquals("BadProof[]", refusal(logId, 9, other.later().root(), other.proof()));
    }

    @Test
    void anchor_sizesOutOfRange_areBad() throws Exception {
        byte[] logId = chain.newLog("sizes");
        assertEquals("BadSize[0]", refusal(logId, 0, TREE.head(0).root(), List.of()));
        assertEquals("BadSize[9223372036854775808]", refusal(logId, Long.MIN_VALUE, OTHER_ROOT, List.of()));
        assertEquals("BadSize[18446744073709551615]", refusal(logId, -1, OTHER_ROOT, List.of()));
    }

    /** Of several reasons the first of the list is told: log, submitter, size, proof's length, size again, proof. */
    @Test
    void anchor_severalReasons_tellsTheFirst() throws Exception {
        byte[] logId = chain.newLog("order");
        chain.anchor(logId, TREE.head(5), List.of());
        byte[] none = new byte[32];
        assertEquals("UnknownLog[]", told(STRANGER, none, 0, TOO_LONG));
        for (var account : List.of(STRANGER, ADMIN)) {
            assertEquals("NotSubmitter[]", told(account, logId, 0, TOO_LONG));
            assertEquals("NotSubmitter[]", told(account, logId, 5, List.of()));
        }
        assertEquals("BadSize[0]", told(SUBMITTER, logId, 0, TOO_LONG));
        assertEquals("BadSize[18446744073709551615]", told(SUBMITTER, logId, -1, TOO_LONG));
        assertEquals("ProofTooLong[64]", told(SUBMITTER, logId, 5, TOO_LONG));
        assertEquals("ProofTooLong[64]", told(SUBMITTER, logId, 4, TOO_LONG));
        assertEquals("ProofTooLong[64]", told(SUBMITTER, logId, 6, TOO_LONG));
        assertEquals("ProofTooLong[300]", told(SUBMITTER, logId, 6, Notarised.hashes(300)));
        assertEquals("Conflict[5]", told(SUBMITTER, logId, 5, Notarised.hashes(63)));
        assertEquals("NotGrowing[5, 4]", told(SUBMITTER, logId, 4, Notarised.hashes(63)));
        assertEquals("BadProof[]", told(SUBMITTER, logId, 6, Notarised.hashes(63)));
    }

    @Test
    void anchor_refused_leavesNothing_alsoAsATransaction() throws Exception {
        byte[] logId = chain.newLog("untouched");
        var receipt = chain.anchor(logId, TREE.head(5), List.of());
        var fork = chain.anchoring(SUBMITTER, logId, 5, OTHER_ROOT, List.of());
        assertThrows(TransactionException.class, fork::send);
        assertThrows(
                TransactionException.class,
                () -> chain.anchoring(STRANGER, logId, 9, TREE.head(9).root(), TREE.consistency(5, 9))
                        .send());
        assertHead(logId, TREE.head(5), 1, receipt.getBlockNumber());
    }

    @Test
    void anchor_inOneLog_doesNotTouchAnother() throws Exception {
        byte[] one = chain.newLog("one");
        byte[] two = chain.newLog("two");
        chain.anchor(one, TREE.head(5), List.of());
        assertEquals(BigInteger.ZERO, chain.as(STRANGER).head(two).send().component2());
        assertArrayEquals(
                new byte[32], chain.as(STRANGER).rootAt(two, unsigned(5)).send());
        assertEquals("done", refusal(two, 3, OTHER_ROOT, List.of()));
    }

    @Test
    void anchor_upToTheLargestTree_isPossible() throws Exception {
        byte[] logId = chain.newLog("largest");
        long half = 1L << 62;
        var growth = Notarised.growth(half, Long.MAX_VALUE, new SplittableRandom(1));
        chain.anchor(logId, growth.earlier(), List.of());
        assertTrue(chain.anchor(logId, growth.later(), growth.proof()).isStatusOK());
        assertEquals("BadSize[9223372036854775808]", refusal(logId, Long.MIN_VALUE, OTHER_ROOT, List.of()));
    }

    @Test
    void verifyInclusion_ofEveryLeaf_holdsForAnchoredSizesOnly() throws Exception {
        byte[] logId = chain.newLog("inclusion");
        chain.anchor(logId, TREE.head(11), List.of());
        for (int index = 0; index < 11; index++) {
            var proof = TREE.inclusion(index, 11);
            assertTrue(included(logId, 11, index, leaf(index), proof));
            assertFalse(included(logId, 11, index, leaf(index + 1), proof));
            assertFalse(included(logId, 11, index + 1, leaf(index), proof));
            assertFalse(included(new byte[32], 11, index, leaf(index), proof), "another log");
        }
        assertFalse(included(logId, 12, 3, leaf(3), TREE.inclusion(3, 12)), "a size never anchored");
        assertFalse(included(logId, 0, 0, leaf(0), List.of()));
        assertFalse(included(logId, 11, 0, leaf(0), TOO_LONG));
        assertFalse(included(logId, 11, 0, TREE.head(11).root(), List.of()), "the root is no leaf");
        chain.anchor(logId, TREE.head(12), TREE.consistency(11, 12));
        assertTrue(included(logId, 12, 3, leaf(3), TREE.inclusion(3, 12)));
        assertTrue(included(logId, 11, 3, leaf(3), TREE.inclusion(3, 11)), "earlier sizes stay");
    }

    private static boolean included(byte[] logId, long size, long index, Hash leaf, List<Hash> proof) throws Exception {
        return chain.holds(chain.as(STRANGER)
                .verifyInclusion(logId, unsigned(size), unsigned(index), leaf.bytes(), NotaryChain.bytes(proof)));
    }

    private static String refusal(byte[] logId, long size, Hash root, List<Hash> proof) throws Exception {
        return chain.answer(SUBMITTER, chain.anchoring(SUBMITTER, logId, size, root, proof));
    }

    private static String told(Credentials by, byte[] logId, long size, List<Hash> proof) throws Exception {
        return chain.answer(by, chain.anchoring(by, logId, size, OTHER_ROOT, proof));
    }

    private static void assertHead(byte[] logId, TreeHead head, int seq, BigInteger block) throws Exception {
        var kept = chain.as(STRANGER).head(logId).send();
        assertArrayEquals(head.root().bytes(), kept.component1());
        var mined = chain.devnet()
                .web3j()
                .ethGetBlockByNumber(DefaultBlockParameter.valueOf(block), false)
                .send()
                .getBlock();
        assertEquals(
                List.of(BigInteger.valueOf(head.size()), BigInteger.valueOf(seq), mined.getTimestamp(), block),
                List.of(kept.component2(), kept.component3(), kept.component4(), kept.component5()));
    }

    private static MerkleTree tree(int leaves) {
        var tree = new MerkleTree();
        for (int i = 0; i < leaves; i++) {
            tree.append(leaf(i));
        }
        return tree;
    }

    private static Hash leaf(int index) {
        return Hash.sha256(new byte[] {(byte) index});
    }
}
