import ipaddr from 'ipaddr.js';
import { isAddressRange } from '#shared/network-target.ts';
import { type DeclaredPlace, normalAddress, type Place } from './place.ts';

/**
 * How much of a place lies inside a declared one; pure. `part`: the declared range is the smaller one, so that it depends
 * on the address of each machine.
 */
export function coverPlace(place: Place, declared: DeclaredPlace): 'whole' | 'part' | 'none' {
  const isGateway = declared.gateway === undefined || normalAddress(declared.gateway) === place.gateway;
  if (!isGateway || !isAddressRange(place.addressRange) || !isAddressRange(declared.range)) return 'none';
  const [own, ownLength] = ipaddr.parseCIDR(place.addressRange);
  const [other, otherLength] = ipaddr.parseCIDR(declared.range);
  if (own.kind() !== other.kind()) return 'none';
  if (ownLength >= otherLength) return own.match(other, otherLength) ? 'whole' : 'none';
  return other.match(own, ownLength) ? 'part' : 'none';
}
