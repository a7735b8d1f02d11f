import { describe, expect, it } from 'vitest';
import { NOW, only, read, readAny, rssItem } from './read.ts';

const DAY = new Date('2026-03-30T10:00:00Z');

const rss2 = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Acme &amp; Co</title><link>https://news.example</link><language>en-GB</language><ttl>60</ttl>
<item><title>Atlas is slow</title><link>https://news.example/p/1</link><dc:creator><![CDATA[Jo Doe]]></dc:creator>
<pubDate>Mon, 30 Mar 2026 12:00:00 +0200</pubDate><guid isPermaLink="false">https://news.example/?p=1</guid>
<description>Short</description><content:encoded><![CDATA[<p>It takes <b>minutes</b> &amp; more.</p><p>Please help.</p>]]></content:encoded></item>
</channel></rss>`;

const rss091 = `<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Acme &amp; Co</title><language>en</language>
<item><title>Atlas is slow</title><link>https://news.example/p/1</link><description>It takes minutes &amp;amp; more.</description></item></channel></rss>`;

const rdf = `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example"><title>Acme &amp; Co</title><dc:language>en</dc:language></channel>
<item rdf:about="https://news.example/p/1"><title>Atlas is slow</title><link>https://news.example/p/1</link>
<description>It takes minutes.</description><dc:creator>Jo Doe</dc:creator><dc:date>2026-03-30T12:00:00+02:00</dc:date></item></rdf:RDF>`;

const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="en">
<title type="html">Acme &amp;amp; Co</title><id>tag:news.example,2026:feed</id><updated>2026-03-31T00:00:00Z</updated>
<entry><id>tag:news.example,2026:1</id><title>Atlas is &lt;slow&gt;</title><link rel="self" href="https://news.example/self"/>
<link href="p/1"/><author><name>Jo Doe</name><email>Jo@News.example</email></author><updated>2026-03-31T10:00:00Z</updated>
<published>2026-03-30T10:00:00Z</published><thr:in-reply-to ref="tag:news.example,2026:0"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It takes <em>minutes</em> &lt; hours.</p></div></content></entry></feed>`;

const json = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'Acme & Co',
  language: 'en',
  items: [
    {
      id: 1,
      url: 'https://news.example/p/1',
      title: 'Atlas is slow',
      content_html: '<p>It takes minutes &amp; more.</p>',
      summary: 'Short',
      date_published: '2026-03-30T12:00:00+02:00',
      authors: [{ name: 'Jo Doe' }],
    },
  ],
});

describe('a feed', () => {
  const common = {
    platform: 'web',
    kind: 'post',
    url: 'https://news.example/p/1',
    occurredAt: DAY,
    lang: 'en',
    author: { name: 'Jo Doe' },
  };

  it.each([
    [
      'RSS 2.0',
      rss2,
      {
        ...common,
        externalId: 'https://news.example/?p=1',
        text: 'Atlas is slow\n\nIt takes minutes & more.\n\nPlease help.',
      },
    ],
    [
      'RSS 0.91',
      rss091,
      {
        ...common,
        externalId: 'https://news.example/p/1',
        text: 'Atlas is slow\n\nIt takes minutes & more.',
        author: { name: 'Acme & Co' },
        occurredAt: NOW,
      },
    ],
    [
      'RDF',
      rdf,
      { ...common, externalId: 'https://news.example/p/1', text: 'Atlas is slow\n\nIt takes minutes.' },
    ],
    [
      'Atom',
      atom,
      {
        ...common,
        externalId: 'tag:news.example,2026:1',
        text: 'Atlas is <slow>\n\nIt takes minutes < hours.',
        author: { name: 'Jo Doe', email: 'jo@news.example' },
        thread: 'tag:news.example,2026:0',
      },
    ],
    [
      'JSON Feed',
      json,
      { ...common, externalId: 'news.example:1', text: 'Atlas is slow\n\nIt takes minutes & more.' },
    ],
  ])('is read as a mention: %s', (format, document, mention) => {
    const reading = read(document);

    expect(reading.mentions).toEqual([mention]);
    expect(format.startsWith(reading.format)).toBe(true);
    expect([reading.title, reading.items]).toEqual(['Acme & Co', 1]);
  });

  it('tells how long a copy of it stays good', () => {
    expect(read(rss2).ttl).toBe(60);
  });

  it('is told by its outermost element, whatever its words are about', () => {
    const text = 'How to write feeds: <![CDATA[\n<rss version="2.0"><channel> and <html>]]>';
    const document = `<!-- <html> --><?xml-stylesheet href="x"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a:1</id><title>${text}</title></entry></feed>`;

    expect(read(document).format).toBe('Atom');
  });
});

describe('an item', () => {
  it.each([
    ['entities once', '<title>Q&amp;A: 5 &lt; 6</title>', 'Q&A: 5 < 6'],
    ['HTML entities in CDATA', '<title><![CDATA[It&#8217;s here]]></title>', 'It’s here'],
    ['a title alone', '<title>Atlas</title>', 'Atlas'],
    ['a text alone', '<description>Atlas &lt;br&gt; broke</description>', 'Atlas\nbroke'],
    [
      'a title that the text repeats',
      '<title>Atlas broke</title><description>Atlas  broke, again</description>',
      'Atlas broke, again',
    ],
    [
      'a title that is the beginning of the text',
      '<title>Atlas br…</title><description>&lt;p&gt;Atlas broke&lt;/p&gt;</description>',
      'Atlas broke',
    ],
    [
      'no script',
      '<title>A</title><description>&lt;script&gt;steal()&lt;/script&gt;B</description>',
      'A\n\nB',
    ],
  ])('has words: %s', (_what, item, text) => {
    expect(only(rssItem(item)).text).toBe(text);
  });

  it('cuts what no mail would hold, without breaking a character', () => {
    const { text } = only(rssItem(`<title>${'🙂'.repeat(200_000)}</title>`));

    expect([text.length, text.isWellFormed()]).toEqual([200_000, true]);
  });

  it.each([
    ['RFC 5322', '<pubDate>Mon, 30 Mar 2026 05:00 EST</pubDate>', DAY],
    ['ISO', '<pubDate>2026-03-30 10:00:00</pubDate>', DAY],
    ['Dublin Core', '<dc:date>2026-03-30T10:00:00Z</dc:date>', DAY],
    [
      'a date that cannot be, then one that can',
      '<pubDate>soon</pubDate><dc:date>2026-03-30T10:00:00Z</dc:date>',
      DAY,
    ],
    ['no date', '', NOW],
    ['the year 1970', '<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>', NOW],
    ['next year', '<pubDate>Mon, 29 Mar 2027 10:00:00 GMT</pubDate>', NOW],
  ])('was written when it says, else now: %s', (_what, date, instant) => {
    expect(only(rssItem(`<title>A</title>${date}`)).occurredAt).toEqual(instant);
  });

  it.each([
    [
      'an address with a name',
      '<author>jo@news.example (Jo)</author>',
      { name: 'Jo', email: 'jo@news.example' },
    ],
    ['Blogger’s address for everybody', '<author>noreply@blogger.com (Jo)</author>', { name: 'Jo' }],
    ['that address alone', '<author>noreply@blogger.com</author>', { name: 'Acme news' }],
    ['a name', '<dc:creator>Jo</dc:creator>', { name: 'Jo' }],
    ['nobody', '', { name: 'Acme news' }],
  ])('has an author: %s', (_what, author, expected) => {
    expect(only(rssItem(`<title>A</title>${author}`)).author).toEqual(expected);
  });

  it.each([
    ['a script', '<link>javascript:alert(1)</link>', undefined],
    ['a relative link', '<link>/p/2</link>', 'https://news.example/p/2'],
    ['a permanent guid', '<guid>https://news.example/p/3</guid>', 'https://news.example/p/3'],
    ['a guid that is no address', '<guid isPermaLink="false">https://news.example/p/3</guid>', undefined],
  ])('links to the web alone: %s', (_what, link, url) => {
    expect(only(rssItem(`<title>A</title>${link}`)).url).toBe(url);
  });

  it('without words is rejected in its place, and the others go on', () => {
    const { mentions, rejected } = read(rssItem('<guid>a:1</guid></item><item><title>B</title>'));

    expect([mentions.length, rejected]).toEqual([
      1,
      [{ where: 'item 1', reason: 'the item has neither a title nor a text' }],
    ]);
  });
});

describe('the key of an item', () => {
  const idOf = (item: string, options: object = {}) => only(rssItem(item), { options }).externalId;

  it.each([
    ['a guid', '<guid>tag:a,1</guid><link>https://a.example/1</link><title>A</title>', 'tag:a,1'],
    ['a bare number, told apart by host', '<guid>4711</guid><title>A</title>', 'news.example:4711'],
    ['a link', '<link>https://a.example/1</link><title>A</title>', 'https://a.example/1'],
  ])('is %s', (_what, item, id) => {
    expect(idOf(item)).toBe(id);
  });

  it('is else made of title and date, or of the text where there is no title', () => {
    const day = '<pubDate>Mon, 30 Mar 2026 10:00:00 GMT</pubDate>';
    const ids = [
      `<title>A</title>${day}`,
      `<title>B</title>${day}`,
      '<title>A</title>',
      '<description>A</description>',
    ].map((item) => idOf(item));

    expect(new Set(ids).size).toBe(4);
    expect(idOf(`<title>A</title>${day}<description>edited</description>`)).toBe(ids[0]);
    expect(idOf('<title>A</title>', { url: 'https://other.example/feed' })).not.toBe(ids[2]);
  });

  it('is short enough for an index, however long the guid', () => {
    expect(idOf(`<guid>tag:${'x'.repeat(5_000)}</guid><title>A</title>`)).toMatch(/^sha256-[0-9a-f]{64}$/);
  });

  it('names one item: of two under one guid the first is heard', () => {
    const { mentions } = read(
      rssItem('<guid>a:1</guid><title>A</title></item><item><guid>a:1</guid><title>B</title>'),
    );

    expect(mentions.map(({ text }) => text)).toEqual(['A']);
  });
});

describe('feeds as platforms write them', () => {
  it('reads app store reviews', () => {
    const document = `<?xml version="1.0" encoding="utf-8"?><feed xmlns:im="http://itunes.apple.com/rss" xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
      <id>https://itunes.apple.com/rss/customerreviews/id=1/xml</id><title>iTunes Store: Customer Reviews</title><updated>2026-03-31T00:00:00-07:00</updated>
      <entry><updated>2026-03-30T03:00:00-07:00</updated><id>10112</id><title>Crashes</title><content type="text">Since the update it crashes &amp; burns.</content>
      <im:rating>1</im:rating><im:version>4.2</im:version><author><name>rd76</name><uri>https://itunes.apple.com/reviews/id9</uri></author>
      <link rel="related" href="https://itunes.apple.com/review?id=1"/><content type="html">&lt;table&gt;&lt;tr&gt;&lt;td&gt;Crashes&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;</content></entry></feed>`;

    expect(only(document, { options: { platform: 'app-store', channel: 'review' } })).toMatchObject({
      platform: 'app-store',
      kind: 'review',
      externalId: 'news.example:10112',
      text: 'Crashes\n\nSince the update it crashes & burns.',
      author: { name: 'rd76' },
      occurredAt: DAY,
    });
  });

  it('reads a video channel, whose words stand in Media RSS', () => {
    const document = `<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom"><title>Acme TV</title>
      <entry><id>yt:video:abc</id><title>Atlas tour</title><link rel="alternate" href="https://www.youtube.com/watch?v=abc"/><published>2026-03-30T10:00:00+00:00</published>
      <media:group><media:title>Atlas tour</media:title><media:description>We show 1 &lt; 2.</media:description></media:group></entry></feed>`;

    expect(only(document)).toMatchObject({
      externalId: 'yt:video:abc',
      text: 'Atlas tour\n\nWe show 1 < 2.',
    });
  });

  it('reads other prefixes, upper case and a byte order mark', () => {
    const document = `\uFEFF<RSS VERSION="2.0" xmlns:d="http://purl.org/dc/elements/1.1/"><CHANNEL><TITLE>T</TITLE><ITEM><TITLE>A</TITLE><d:creator>Jo</d:creator></ITEM></CHANNEL></RSS>`;

    expect(only(document)).toMatchObject({ text: 'A', author: { name: 'Jo' } });
  });
});

describe('what is no feed', () => {
  it.each([
    [
      'a web page, with the feed it links to',
      '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" title="Feed" href="/?feed=rss2&amp;x=1"></head><body>Hi</body></html>',
      'invalid-input: news.example answered with a web page and no feed: try https://news.example/?feed=rss2&x=1',
    ],
    [
      'a web page without one',
      '<html><link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></html>',
      'invalid-input: news.example answered with a web page and no feed: name the address of an RSS, Atom or JSON feed',
    ],
    [
      'a list of feeds',
      '<opml version="2.0"><body/></opml>',
      'invalid-input: news.example answered with <opml> and no feed: name the address of an RSS, Atom or JSON feed',
    ],
    [
      'words',
      'Service unavailable',
      'invalid-input: news.example answered with no feed: name the address of an RSS, Atom or JSON feed',
    ],
    [
      'other JSON',
      '{"error":"quota"}',
      'invalid-input: what news.example answered is JSON, but not a JSON Feed',
    ],
    [
      'a feed that was cut',
      '<rss version="2.0"><channel><title>A</title><item><title>B',
      'invalid-input: what news.example answered is not well-formed XML',
    ],
  ])('is refused: %s', (_what, document, fault) => {
    expect(readAny(document)).toBe(fault);
  });
});
