import type { Service } from '../service.ts';
import { personalMail } from './personal-mail.ts';

/** Mail of people at their access provider: nothing has to be aligned at it. */
export const accessProviders: readonly Service[] = [
  personalMail('aon', 'A1 Telekom Austria', 'b57df2b1f8bce05d8bc0bac660a2ea95fbc858eb/a1.net.xml', [
    'a1.net',
    'aon.at',
  ]),
  personalMail('att', 'AT&T', '176c63a17f8dcfb7e1f3ff664967f0e07900165b/att.net.xml', [
    'ameritech.net',
    'att.net',
    'bellsouth.net',
    'currently.com',
    'flash.net',
    'nvbell.net',
    'pacbell.net',
    'prodigy.net',
    'sbcglobal.net',
    'snet.net',
    'swbell.net',
    'wans.net',
  ]),
  personalMail(
    'bell-canada',
    'Bell Canada',
    '29478e8aef5fb421dbc4c202c7854a94bcbab6bd/bell.net.xml',
    ['bell.net', 'sympatico.ca'],
  ),
  personalMail('biglobe', 'Biglobe', '8603a6539cae51517019de42de960939e145f4a9/biglobe.ne.jp', [
    'biglobe.ne.jp',
  ]),
  personalMail(
    'centurylink',
    'CenturyLink',
    '77029d2e5b9d555e45682eb8fca5b6f12a865e7c/centurylink.net',
    ['centurylink.net', 'embarqmail.com'],
  ),
  personalMail(
    'charter',
    'Charter Spectrum',
    '415cda5c8822c55bc165e5408ac490868d42e794/charter.com.xml',
    ['bresnan.net', 'charter.net', 'spectrum.net'],
  ),
  personalMail(
    'comcast',
    'Comcast Xfinity',
    'e7802f0a4659aaf7f0e2f0789fec9673dfeae6ac/comcast.net.xml',
    ['comcast.net'],
  ),
  personalMail('cox', 'Cox', '9951bf24a6c105db149009e1bb7f27b513539005/cox.net.xml', ['cox.net']),
  personalMail(
    'earthlink',
    'EarthLink',
    '37145b8be3c5e1c2f253165bd6294a4bd7522cde/earthlink.net.xml',
    ['earthlink.net', 'ix.netcom.com', 'mindspring.com', 'peoplepc.com'],
  ),
  personalMail('fastweb', 'Fastweb', '3c10b74137cd41667cdb846f409e2a606469ec4e/fastwebnet.it.xml', [
    'fastwebnet.it',
  ]),
  personalMail('free-fr', 'Free', '0483396e6fe2dce7c35c1dfe7101ec6ed229ab23/free.fr.xml', [
    'free.fr',
  ]),
  personalMail(
    'freedom-internet',
    'Freedom Internet',
    '094bde45a3cf023fd15eb328c212e3a966774f16/freedom.nl.xml',
    ['freedom.nl'],
  ),
  personalMail('kpn', 'KPN', '1a5e560c67c163cbbefe563aa892c038ca18ae1f/kpnmail.nl.xml', [
    'hetnet.nl',
    'kpnmail.nl',
    'kpnplanet.nl',
    'planet.nl',
    'telfort.nl',
    'xs4all.nl',
  ]),
  personalMail('nifty', 'Nifty', '37145b8be3c5e1c2f253165bd6294a4bd7522cde/nifty.com.xml', [
    'nifty.com',
  ]),
  personalMail('ocn', 'OCN', 'b57df2b1f8bce05d8bc0bac660a2ea95fbc858eb/ocn.ne.jp.xml', [
    'ocn.ad.jp',
    'ocn.ne.jp',
  ]),
  personalMail('orange', 'Orange', '7e9fbb12bb8b6b4814f47b610682655e83299c0a/orange.fr.xml', [
    'orange.fr',
    'wanadoo.fr',
  ]),
  personalMail(
    'telekom-deutschland',
    'Deutsche Telekom',
    '8ed02129448f41e0f3b80e1d3cfcc8360fb2915f/t-online.de.xml',
    ['magenta.de', 't-online.de'],
  ),
  personalMail('telstra', 'Telstra', '4de464fe93348c89944e57f092f12b62248f20f5/bigpond.com.xml', [
    'bigpond.com',
    'bigpond.net',
    'bigpond.net.au',
    'telstra.com',
  ]),
  personalMail('tim', 'TIM', '3045d449d12eb86113c8d271907f01271d490144/tim.it.xml', ['tim.it']),
  personalMail('tiscali', 'Tiscali', '42e2de3269c8ff74a705cf85976f134dc77c59ba/tiscali.it.xml', [
    'tiscali.it',
  ]),
  personalMail(
    'virgin-media',
    'Virgin Media',
    '8fcab30b1d8bb46dd909e7daaf036439851fbc62/ntlworld.com.xml',
    ['ntlworld.com'],
  ),
  personalMail(
    'vodafone-deutschland',
    'Vodafone Deutschland',
    '753784737ddbfef6e3552a9900e14d9062e1434e/vodafonemail.de.xml',
    ['arcor.de', 'kabelmail.de', 'vodafone.de', 'vodafonemail.de'],
  ),
];
