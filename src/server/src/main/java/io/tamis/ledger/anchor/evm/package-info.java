/**
 * The notary on an EVM chain, by web3j: calls, transactions, the submitter's key, and the checks before any of them is used.
 *
 * <p>Uses the notary's doors, the contract's wrapper, and core. Begin with {@code Web3jNotary}, then {@code ConnectingNotary}.
 */
package io.tamis.ledger.anchor.evm;
