/**
 * Cut and choose on the public halves of ciphertexts, before a platform may upload any: no sender picks what the key meets.
 * Pure: messages and candidates in, messages and verdicts out; one candidate in memory at a time.
 *
 * <p>Uses {@code data crypto he} and {@code holder}. Begin with {@link io.tamis.holder.slots.SlotPlan}, then {@link
 * io.tamis.holder.slots.PlatformSlots} (platform), {@link io.tamis.holder.slots.SlotAudit} (holders, auditors) and {@link
 * io.tamis.holder.slots.Round} (the server).
 */
package io.tamis.holder.slots;
