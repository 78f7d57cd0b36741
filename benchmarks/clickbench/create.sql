-- ClickBench's table hits in Hive, over the file of `bigdata generate hits` in the folder ${hits}. The benchmark's own
-- statement reads Parquet files that hold times and days as numbers, and has a view that makes these types of them.

CREATE EXTERNAL TABLE hits (
    WatchID bigint, JavaEnable smallint, Title string, GoodEvent smallint, EventTime timestamp, EventDate date,
    CounterID int, ClientIP int, RegionID int, UserID bigint, CounterClass smallint, OS smallint,
    UserAgent smallint, URL string, Referer string, IsRefresh smallint, RefererCategoryID smallint,
    RefererRegionID int, URLCategoryID smallint, URLRegionID int, ResolutionWidth smallint,
    ResolutionHeight smallint, ResolutionDepth smallint, FlashMajor smallint, FlashMinor smallint,
    FlashMinor2 string, NetMajor smallint, NetMinor smallint, UserAgentMajor smallint, UserAgentMinor string,
    CookieEnable smallint, JavascriptEnable smallint, IsMobile smallint, MobilePhone smallint,
    MobilePhoneModel string, Params string, IPNetworkID int, TraficSourceID smallint, SearchEngineID smallint,
    SearchPhrase string, AdvEngineID smallint, IsArtifical smallint, WindowClientWidth smallint,
    WindowClientHeight smallint, ClientTimeZone smallint, ClientEventTime timestamp, SilverlightVersion1 smallint,
    SilverlightVersion2 smallint, SilverlightVersion3 int, SilverlightVersion4 smallint, PageCharset string,
    CodeVersion int, IsLink smallint, IsDownload smallint, IsNotBounce smallint, FUniqID bigint, OriginalURL string,
    HID int, IsOldCounter smallint, IsEvent smallint, IsParameter smallint, DontCountHits smallint,
    WithHash smallint, HitColor string, LocalEventTime timestamp, Age smallint, Sex smallint, Income smallint,
    Interests smallint, Robotness smallint, RemoteIP int, WindowName int, OpenerName int, HistoryLength smallint,
    BrowserLanguage string, BrowserCountry string, SocialNetwork string, SocialAction string, HTTPError smallint,
    SendTiming int, DNSTiming int, ConnectTiming int, ResponseStartTiming int, ResponseEndTiming int,
    FetchTiming int, SocialSourceNetworkID smallint, SocialSourcePage string, ParamPrice bigint,
    ParamOrderID string, ParamCurrency string, ParamCurrencyID smallint, OpenstatServiceName string,
    OpenstatCampaignID string, OpenstatAdID string, OpenstatSourceID string, UTMSource string, UTMMedium string,
    UTMCampaign string, UTMContent string, UTMTerm string, FromTag string, HasGCLID smallint, RefererHash bigint,
    URLHash bigint, CLID int
)
ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' LOCATION '${hits}';
