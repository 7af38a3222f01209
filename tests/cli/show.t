  $ cp "$TESTDIR/../../examples/data/poupatempo-2021.json" catalog.json

  $ poupa show catalog.json units
  id                     name
  itaquera               Itaquera
  santo-amaro            Santo Amaro
  se                     Sé
  maua                   Mauá
  sao-bernardo-do-campo  São Bernardo do Campo
  bauru                  Bauru
  campinas-shopping      Campinas Shopping
  fernandopolis          Fernandópolis
  santos                 Santos
  penapolis              Penápolis
  mogi-guacu             Mogi Guaçu
  $ poupa show catalog.json metric
  id                                    indicator_id             value      period
  procon-sp.2021-s1                     atendimentos             12000      2021-S1
  procon-sp.digital.2021-s1             atendimentos             5000       2021-S1
  procon-sp.presencial.2021-s1          atendimentos             7000       2021-S1
  poupatempo.servicos-digitais.2021-07  servicos-digitais        140        2021-07
  poupatempo.2021-s1                    atendimentos             15000000   2021-S1
  poupatempo.2020                       atendimentos             14100000   2020
  poupatempo.digital.2021-s1            atendimentos             12200000   2021-S1
  poupatempo.digital.2020               atendimentos             5400000    2020
  poupatempo.idade.2021-07              idade                    23         2021-07
  poupatempo.acumulado.2021-07          atendimentos-acumulados  630000000  ../2021-07
  $ poupa show catalog.json claims
  id                          kind     left                                                     right
  semestre-maior-que-2020     greater  poupatempo.2021-s1                                       poupatempo.2020
  digital-mais-que-o-dobro    ratio    poupatempo.digital.2021-s1                               poupatempo.digital.2020
  digital-e-presencial-somam  sum      procon-sp.digital.2021-s1, procon-sp.presencial.2021-s1  procon-sp.2021-s1
  $ poupa show - target < catalog.json
  id                      indicator_id       value  due
  servicos-digitais.2021  servicos-digitais  180    2021-12-31
  servicos-digitais.2022  servicos-digitais  240    2022

One of them, and all as JSON:

  $ poupa show catalog.json offering procon-sp.presencial.novos
  {
    "id": "procon-sp.presencial.novos",
    "service_id": "procon-sp",
    "channel_id": "presencial",
    "unit_ids": ["penapolis", "mogi-guacu"],
    "booking": "required",
    "access_rules": ["face_mask", "temperature_check", "hand_sanitizer", "shoe_sanitizing_mat"],
    "note": "Oferta recente na publicação; a fonte não diz desde quando."
  }
  $ poupa show --json catalog.json programs
  [
    {
      "id": "poupatempo",
      "name": "Programa Poupatempo",
      "operator_id": "prodesp",
      "area_id": "sp",
      "note": "Desde o começo da pandemia, em março de 2020, a digitalização dos serviços é mais rápida."
    }
  ]
  $ poupa show --json catalog.json channels | python3 -m json.tool > /dev/null

None of a kind:

  $ echo '{"poupa": "1.0"}' | poupa show - units
  $ echo '{"poupa": "1.0"}' | poupa show --json - units
  []

An id that is not there:

  $ poupa show catalog.json unit itaquara
  poupa: no unit has the id "itaquara"; did you mean "itaquera"?
  [1]
  $ poupa show catalog.json unit zzz
  poupa: no unit has the id "zzz"
  [1]

A kind that is not there:

  $ poupa show catalog.json untis
  poupa: "untis" is no KIND; did you mean "units"?
  Try "poupa show --help".
  [2]
  $ poupa show catalog.json people
  poupa: "people" is no KIND; use one of sources, areas, organizations, programs, channels, units, services, offerings, indicators, metrics, targets, claims
  Try "poupa show --help".
  [2]

A document with errors:

  $ echo '{"poupa": "1.0", "units": [{"id": "se"}]}' | poupa show - units
  <stdin>:1:28: error: this unit has no "name" [E2001 /units/0]
       1 | {"poupa": "1.0", "units": [{"id": "se"}]}
         |                            ^
  [1]
