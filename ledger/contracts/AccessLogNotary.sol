// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Notary of append-only logs
/// @notice Keeps the heads (size and root) of RFC 9162 Merkle tree logs and refuses each head that does not extend the
/// one before: what is anchored here can be neither forked nor rewound, by whoever holds whichever key. It knows nothing
/// of what is logged.
/// @dev No proxy, no owner, no freeze, no way to anchor without a proof. A log is bound to its creator, to this contract
/// and to this chain. NOT promised: that a log is complete, or that its latest head is the operator's latest.
contract AccessLogNotary {
    /// @param size leaves of the latest head, 0 before the first anchor
    /// @param seq how many heads were anchored
    /// @param blockTime when the latest was, in seconds of the chain's clock
    /// @param blockNo the block it is in
    struct Head {
        uint64 size;
        uint64 seq;
        uint64 blockTime;
        uint64 blockNo;
    }

    struct Log {
        bytes32 root;
        Head head;
        address admin;
        address pendingAdmin;
        address submitter;
    }

    error Exists();
    error UnknownLog();
    error ZeroAddress();
    error NotAdmin();
    error NotPendingAdmin();
    error NotSubmitter();
    error BadSize(uint64 size);
    error NotGrowing(uint64 have, uint64 got);
    error Conflict(uint64 size);
    error ProofTooLong(uint256 length);
    error BadProof();

    event LogCreated(bytes32 indexed logId, address indexed creator, bytes32 salt, address submitter);
    event AdminProposed(bytes32 indexed logId, address from, address to);
    event AdminChanged(bytes32 indexed logId, address from, address to);
    event SubmitterChanged(bytes32 indexed logId, address from, address to);
    event Anchored(
        bytes32 indexed logId,
        uint64 indexed size,
        bytes32 root,
        uint64 seq,
        uint64 prevSize,
        bytes32 checkpointHash
    );

    /// @dev A tree has fewer than 2^63 leaves, so a proof has at most 63 hashes.
    uint256 private constant HASHES_MAX = 63;
    uint64 private constant SIZE_MAX = uint64(type(int64).max);

    mapping(bytes32 logId => Log) private logs;

    /// @notice The root anchored for this size of this log; zero when this size was never anchored.
    mapping(bytes32 logId => mapping(uint64 size => bytes32 root)) public rootAt;

    // --- Logs and their roles ---

    /// @notice Opens a log whose admin is the caller, who should be a multisig.
    /// @param salt tells the creator's logs apart: SHA-256 of the log's origin
    /// @param submitter the only account that may anchor
    /// @return logId as logIdOf answers for the caller: nobody else can take it first
    function createLog(bytes32 salt, address submitter) external returns (bytes32 logId) {
        if (submitter == address(0)) revert ZeroAddress();
        logId = logIdOf(msg.sender, salt);
        Log storage log = logs[logId];
        if (log.admin != address(0)) revert Exists();
        log.admin = msg.sender;
        log.submitter = submitter;
        emit LogCreated(logId, msg.sender, salt, submitter);
    }

    /// @notice The name of the log that this creator opens with this salt in this contract on this chain.
    function logIdOf(address creator, bytes32 salt) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), creator, salt));
    }

    /// @notice By the admin: another account anchors from now on.
    function setSubmitter(bytes32 logId, address submitter) external {
        Log storage log = asAdmin(logId);
        if (submitter == address(0)) revert ZeroAddress();
        emit SubmitterChanged(logId, log.submitter, submitter);
        log.submitter = submitter;
    }

    /// @notice By the admin: offers its role. A later proposal replaces this one; proposing the zero address cancels it.
    function proposeAdmin(bytes32 logId, address admin) external {
        Log storage log = asAdmin(logId);
        log.pendingAdmin = admin;
        emit AdminProposed(logId, log.admin, admin);
    }

    /// @notice By the proposed account: takes the admin's role. Two steps, so that no role is given to a mistyped address.
    function acceptAdmin(bytes32 logId) external {
        Log storage log = existing(logId);
        if (msg.sender != log.pendingAdmin) revert NotPendingAdmin();
        emit AdminChanged(logId, log.admin, msg.sender);
        log.admin = msg.sender;
        log.pendingAdmin = address(0);
    }

    /// @notice The latest head; root and numbers are zero before the first anchor.
    function head(bytes32 logId)
        external
        view
        returns (bytes32 root, uint64 size, uint64 seq, uint64 blockTime, uint64 blockNo)
    {
        Log storage log = existing(logId);
        Head memory latest = log.head;
        return (log.root, latest.size, latest.seq, latest.blockTime, latest.blockNo);
    }

    /// @notice Who may do what; pendingAdmin is zero when no proposal is open.
    function rolesOf(bytes32 logId) external view returns (address admin, address pendingAdmin, address submitter) {
        Log storage log = existing(logId);
        return (log.admin, log.pendingAdmin, log.submitter);
    }

    // --- Anchoring ---

    /// @notice By the submitter: records the next head. The same head again changes nothing and emits nothing, so a
    /// transaction may be sent twice.
    /// @param checkpointHash SHA-256 of the signed note without cosignatures; only emitted, never checked
    /// @param proof RFC 9162 consistency proof (2.1.4.1) from the latest head; empty for the first
    function anchor(bytes32 logId, uint64 size, bytes32 root, bytes32 checkpointHash, bytes32[] calldata proof)
        external
    {
        Log storage log = existing(logId);
        if (msg.sender != log.submitter) revert NotSubmitter();
        if (size == 0 || size > SIZE_MAX) revert BadSize(size);
        if (proof.length > HASHES_MAX) revert ProofTooLong(proof.length);

        Head memory have = log.head;
        if (size == have.size) {
            if (root != log.root) revert Conflict(size);
            return;
        }
        if (size < have.size) revert NotGrowing(have.size, size);
        bool extends_ = have.size == 0 ? proof.length == 0 : consistent(have.size, size, log.root, root, proof);
        if (!extends_) revert BadProof();

        log.root = root;
        log.head = Head(size, have.seq + 1, uint64(block.timestamp), uint64(block.number));
        rootAt[logId][size] = root;
        emit Anchored(logId, size, root, have.seq + 1, have.size, checkpointHash);
    }

    // --- Proofs: fn and sn are the RFC's names for the walk's place in the smaller and in the larger tree ---

    /// @notice RFC 9162 section 2.1.4.2: the tree of n leaves begins with the m leaves of the earlier one.
    /// @param m leaves of the earlier tree, at least 1
    /// @param n leaves of the later tree, at least m and below 2^63
    /// @param rm root of the earlier tree
    /// @param rn root of the later tree
    /// @return false too for every malformed proof: too short, too long, sizes out of order
    function consistent(uint64 m, uint64 n, bytes32 rm, bytes32 rn, bytes32[] calldata proof)
        public
        view
        returns (bool)
    {
        if (m == 0 || m > n || n > SIZE_MAX || proof.length > HASHES_MAX) return false;
        if (m == n) return proof.length == 0 && rm == rn;
        if (proof.length == 0) return false;

        // A power of two is one full subtree, whose root the verifier has already.
        uint256 next = m & (m - 1) == 0 ? 0 : 1;
        bytes32 earlier = next == 0 ? rm : proof[0];
        bytes32 later = earlier;
        uint64 fn = m - 1;
        uint64 sn = n - 1;
        while (fn & 1 == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        for (; next < proof.length; ++next) {
            if (sn == 0) return false;
            bytes32 hash = proof[next];
            if (fn & 1 == 1 || fn == sn) {
                earlier = node(hash, earlier);
                later = node(hash, later);
                while (fn & 1 == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                later = node(later, hash);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && earlier == rm && later == rn;
    }

    /// @notice RFC 9162 section 2.1.3.2: the head anchored for this size has this leaf hash at this index.
    /// @param size a size that was anchored; any other answers false
    /// @param index from 0
    /// @param leaf hash of the entry, SHA-256(0x00 || entry)
    /// @param proof from the leaf's sibling up to the root's child
    function verifyInclusion(bytes32 logId, uint64 size, uint64 index, bytes32 leaf, bytes32[] calldata proof)
        external
        view
        returns (bool)
    {
        bytes32 root = rootAt[logId][size];
        if (root == 0 || index >= size || proof.length > HASHES_MAX) return false;
        uint64 fn = index;
        uint64 sn = size - 1;
        bytes32 hash = leaf;
        for (uint256 next = 0; next < proof.length; ++next) {
            if (sn == 0) return false;
            if (fn & 1 == 1 || fn == sn) {
                hash = node(proof[next], hash);
                while (fn & 1 == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = node(hash, proof[next]);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && hash == root;
    }

    /// @dev RFC 9162 section 2.1.1: SHA-256(0x01 || left || right), by the precompile at address 2. In assembly because an
    /// anchor makes fifty of these, and Solidity's own takes new memory for each.
    function node(bytes32 left, bytes32 right) private view returns (bytes32 hash) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore8(free, 1)
            mstore(add(free, 1), left)
            mstore(add(free, 33), right)
            let done := staticcall(gas(), 2, free, 65, 0, 32)
            // A chain without the precompile must not pass for one where every proof holds.
            if iszero(and(done, eq(returndatasize(), 32))) { revert(0, 0) }
            hash := mload(0)
        }
    }

    function existing(bytes32 logId) private view returns (Log storage log) {
        log = logs[logId];
        if (log.admin == address(0)) revert UnknownLog();
    }

    function asAdmin(bytes32 logId) private view returns (Log storage log) {
        log = existing(logId);
        if (msg.sender != log.admin) revert NotAdmin();
    }
}
