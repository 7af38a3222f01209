  $ cp "$TESTDIR/../../examples/data/poupatempo-2021.json" catalog.json

  $ poupa report catalog.json
  Report on catalog.json
  
  Programmes
    Programa Poupatempo
      operated by  Prodesp
      area         São Paulo
      note         Desde o começo da pandemia, em março de 2020, a digitalização
                   dos serviços é mais rápida.
  
  Organizations
    Fundação Procon-SP (Procon-SP)
      Cuida da proteção e defesa dos consumidores no Estado de São Paulo.
    Prodesp
      Empresa de tecnologia do Estado de São Paulo.
  
  Services
    Serviços da Fundação Procon-SP
      provided by               Procon-SP
      programme                 Programa Poupatempo
      note                      A fonte fala dos serviços em conjunto e não os
                                enumera.
      Portal Poupatempo         https://www.poupatempo.sp.gov.br
      Totem de autoatendimento  A fonte não diz em que postos há totens.
      Atendimento presencial    booking required
                                to enter: face mask, temperature check, hand
                                sanitizer, shoe-sanitizing mat
                                São Paulo (municipality): Itaquera, Santo Amaro,
                                Sé
                                Grande São Paulo (region): Mauá, São Bernardo do
                                Campo
                                São Paulo (state): Bauru, Campinas Shopping,
                                Fernandópolis, Santos
      Atendimento presencial    booking required
                                to enter: face mask, temperature check, hand
                                sanitizer, shoe-sanitizing mat
                                São Paulo (state): Penápolis, Mogi Guaçu
                                Oferta recente na publicação; a fonte não diz
                                desde quando.
  
  Published figures
    Atendimentos
      Atendimentos realizados no período; para o programa inteiro, a fonte os
      chama de serviços.
      over 12 thousand          first half of 2021 · Procon-SP · Programa
      12,000 to 13,000          Poupatempo
                                “Os serviços da Fundação Procon-SP somam, neste
                                primeiro semestre de 2021, mais de 12 mil
                                atendimentos no Poupatempo.”
      about 5 thousand          first half of 2021 · Procon-SP · Programa
      4,000 to 6,000            Poupatempo · Portal Poupatempo, Totem de
                                autoatendimento
                                “De janeiro a junho, foram realizados cerca de 5
                                mil atendimentos nos canais digitais.”
      7 thousand                first half of 2021 · Procon-SP · Programa
      6,500 to 7,500            Poupatempo · Atendimento presencial · 9 units
                                “que juntas registraram 7 mil atendimentos nos
                                seis primeiros meses do ano.”
      15 million                first half of 2021 · Programa Poupatempo
      14,500,000 to 15,500,000  “Só no primeiro semestre deste ano, o Poupatempo
                                realizou 15 milhões de serviços”
      14.1 million              2020 · Programa Poupatempo
      14,050,000 to 14,150,000  “14,1 milhões realizados nos 12 meses de 2020”
      about 12.2 million        first half of 2021 · Programa Poupatempo · Portal
      12,100,000 to 12,300,000  Poupatempo, Poupatempo Digital, Totem de
                                autoatendimento
                                “Pelas plataformas online, foram cerca de 12,2
                                milhões”
      5.4 million               2020 · Programa Poupatempo · Portal Poupatempo,
      5,350,000 to 5,450,000    Poupatempo Digital, Totem de autoatendimento
                                “5,4 milhões do ano passado”
  
    Atendimentos desde o início
      about 630 million           up to July 2021 · Programa Poupatempo
      629,000,000 to 631,000,000  “já realizou cerca de 630 milhões de
                                  atendimentos à população.”
  
    Serviços digitais
      Opções disponíveis nos canais digitais.
      140  July 2021 · Programa Poupatempo · Portal Poupatempo, Poupatempo
           Digital, Totem de autoatendimento
           “Hoje, são 140 opções nos canais eletrônicos, no portal
           www.poupatempo.sp.gov.br, aplicativo Poupatempo Digital e totens de
           autoatendimento.”
  
    Tempo de existência
      23 years            July 2021 · Programa Poupatempo
      22.5 to 23.5 years  “tem 23 anos de existência”
  
  What follows from them
    41.7 %   Atendimentos through digital channels, first half of 2021 · Procon-SP
             · Programa Poupatempo
             about 5 thousand of over 12 thousand: 30.7 to 50 %
    106.4 %  Atendimentos, first half of 2021: in six months, 106.4 % of the whole
             of 2020 · Programa Poupatempo
             15 million against 14.1 million: 102.4 to 110.4 %
    81.3 %   Atendimentos through digital channels, first half of 2021 · Programa
             Poupatempo
             about 12.2 million of 15 million: 78 to 84.9 %
    225.9 %  Atendimentos, first half of 2021: in six months, 225.9 % of the whole
             of 2020 · Programa Poupatempo · Portal Poupatempo, Poupatempo
             Digital, Totem de autoatendimento
             about 12.2 million against 5.4 million: 222 to 230 %
    38.3 %   Atendimentos through digital channels, 2020 · Programa Poupatempo
             5.4 million of 14.1 million: 37.8 to 38.8 %
  
  Targets
    Serviços digitais: 180 by 31 December 2021
      Programa Poupatempo · Portal Poupatempo, Poupatempo Digital, Totem de
      autoatendimento
      ████████████████████████▉░░░░░░░ 77.8 %
      140 in July 2021 · as of 31 July 2021
      40 to go in five months: 8 a month are needed
      open: no earlier figure to judge the pace by
      “Até o fim deste ano, o objetivo é chegar a 180 serviços digitais”
  
    Serviços digitais: over 240 by the end of 2022
      Programa Poupatempo · Portal Poupatempo, Poupatempo Digital, Totem de
      autoatendimento
      ██████████████████▋░░░░░░░░░░░░░ 58.3 %
      140 in July 2021 · as of 31 July 2021
      100 to go in 17 months: 5.88 a month are needed
      open: no earlier figure to judge the pace by
      “e a mais de 240 em 2022”
      Sem resolution: a meta é passar de 240, sem teto.
  
  Claims
    ✓ confirmed   15 million (first half of 2021) is more than 14.1 million (2020)
                  14,500,000 to 15,500,000 against 14,050,000 to 14,150,000
                  periods of different length compared [W3102]
                  “mais do que os 14,1 milhões realizados nos 12 meses de 2020”
    ✓ confirmed   about 12.2 million (first half of 2021) is at least 2 times
                  5.4 million (2020)
                  computed 2.26 (2.22 to 2.3), stated at least 2
                  periods of different length compared [W3102]
                  “mais que o dobro dos 5,4 milhões do ano passado”
    ≈ consistent  first half of 2021: about 5 thousand + 7 thousand make over
                  12 thousand
                  10,500 to 13,500 against 12,000 to 13,000
                  “mais de 12 mil atendimentos no Poupatempo”
  
  Sources
    Procon-SP realiza mais de 12 mil atendimentos no Poupatampo nos seis primeiros
    meses deste ano
    published July 2021
    O texto não traz data nem editor. Fala do primeiro semestre de 2021 como
    encerrado; a data aqui é a do mês seguinte.

  $ poupa report --lang pt catalog.json
  Relatório de catalog.json
  
  Programas
    Programa Poupatempo
      administrado por  Prodesp
      área              São Paulo
      nota              Desde o começo da pandemia, em março de 2020, a
                        digitalização dos serviços é mais rápida.
  
  Órgãos
    Fundação Procon-SP (Procon-SP)
      Cuida da proteção e defesa dos consumidores no Estado de São Paulo.
    Prodesp
      Empresa de tecnologia do Estado de São Paulo.
  
  Serviços
    Serviços da Fundação Procon-SP
      prestado por              Procon-SP
      programa                  Programa Poupatempo
      nota                      A fonte fala dos serviços em conjunto e não os
                                enumera.
      Portal Poupatempo         https://www.poupatempo.sp.gov.br
      Totem de autoatendimento  A fonte não diz em que postos há totens.
      Atendimento presencial    agendamento obrigatório
                                para entrar: máscara, medição de temperatura,
                                álcool em gel nas mãos, tapete sanitizante
                                São Paulo (município): Itaquera, Santo Amaro, Sé
                                Grande São Paulo (região): Mauá, São Bernardo do
                                Campo
                                São Paulo (estado): Bauru, Campinas Shopping,
                                Fernandópolis, Santos
      Atendimento presencial    agendamento obrigatório
                                para entrar: máscara, medição de temperatura,
                                álcool em gel nas mãos, tapete sanitizante
                                São Paulo (estado): Penápolis, Mogi Guaçu
                                Oferta recente na publicação; a fonte não diz
                                desde quando.
  
  Números publicados
    Atendimentos
      Atendimentos realizados no período; para o programa inteiro, a fonte os
      chama de serviços.
      mais de 12 mil           1º semestre de 2021 · Procon-SP · Programa
      12.000 a 13.000          Poupatempo
                               “Os serviços da Fundação Procon-SP somam, neste
                               primeiro semestre de 2021, mais de 12 mil
                               atendimentos no Poupatempo.”
      cerca de 5 mil           1º semestre de 2021 · Procon-SP · Programa
      4.000 a 6.000            Poupatempo · Portal Poupatempo, Totem de
                               autoatendimento
                               “De janeiro a junho, foram realizados cerca de 5
                               mil atendimentos nos canais digitais.”
      7 mil                    1º semestre de 2021 · Procon-SP · Programa
      6.500 a 7.500            Poupatempo · Atendimento presencial · 9 postos
                               “que juntas registraram 7 mil atendimentos nos seis
                               primeiros meses do ano.”
      15 milhões               1º semestre de 2021 · Programa Poupatempo
      14.500.000 a 15.500.000  “Só no primeiro semestre deste ano, o Poupatempo
                               realizou 15 milhões de serviços”
      14,1 milhões             2020 · Programa Poupatempo
      14.050.000 a 14.150.000  “14,1 milhões realizados nos 12 meses de 2020”
      cerca de 12,2 milhões    1º semestre de 2021 · Programa Poupatempo · Portal
      12.100.000 a 12.300.000  Poupatempo, Poupatempo Digital, Totem de
                               autoatendimento
                               “Pelas plataformas online, foram cerca de 12,2
                               milhões”
      5,4 milhões              2020 · Programa Poupatempo · Portal Poupatempo,
      5.350.000 a 5.450.000    Poupatempo Digital, Totem de autoatendimento
                               “5,4 milhões do ano passado”
  
    Atendimentos desde o início
      cerca de 630 milhões       até julho de 2021 · Programa Poupatempo
      629.000.000 a 631.000.000  “já realizou cerca de 630 milhões de atendimentos
                                 à população.”
  
    Serviços digitais
      Opções disponíveis nos canais digitais.
      140  julho de 2021 · Programa Poupatempo · Portal Poupatempo, Poupatempo
           Digital, Totem de autoatendimento
           “Hoje, são 140 opções nos canais eletrônicos, no portal
           www.poupatempo.sp.gov.br, aplicativo Poupatempo Digital e totens de
           autoatendimento.”
  
    Tempo de existência
      23 anos           julho de 2021 · Programa Poupatempo
      22,5 a 23,5 anos  “tem 23 anos de existência”
  
  O que decorre deles
    41,7 %   Atendimentos pelos canais digitais, 1º semestre de 2021 · Procon-SP ·
             Programa Poupatempo
             cerca de 5 mil de mais de 12 mil: 30,7 a 50 %
    106,4 %  Atendimentos, 1º semestre de 2021: em seis meses, 106,4 % de todo o
             ano de 2020 · Programa Poupatempo
             15 milhões contra 14,1 milhões: 102,4 a 110,4 %
    81,3 %   Atendimentos pelos canais digitais, 1º semestre de 2021 · Programa
             Poupatempo
             cerca de 12,2 milhões de 15 milhões: 78 a 84,9 %
    225,9 %  Atendimentos, 1º semestre de 2021: em seis meses, 225,9 % de todo o
             ano de 2020 · Programa Poupatempo · Portal Poupatempo, Poupatempo
             Digital, Totem de autoatendimento
             cerca de 12,2 milhões contra 5,4 milhões: 222 a 230 %
    38,3 %   Atendimentos pelos canais digitais, 2020 · Programa Poupatempo
             5,4 milhões de 14,1 milhões: 37,8 a 38,8 %
  
  Metas
    Serviços digitais: 180 até 31 de dezembro de 2021
      Programa Poupatempo · Portal Poupatempo, Poupatempo Digital, Totem de
      autoatendimento
      ████████████████████████▉░░░░░░░ 77,8 %
      140 em julho de 2021 · na data de 31 de julho de 2021
      faltam 40 em cinco meses: são necessários 8 por mês
      em aberto: sem número anterior para medir o ritmo
      “Até o fim deste ano, o objetivo é chegar a 180 serviços digitais”
  
    Serviços digitais: mais de 240 até o fim de 2022
      Programa Poupatempo · Portal Poupatempo, Poupatempo Digital, Totem de
      autoatendimento
      ██████████████████▋░░░░░░░░░░░░░ 58,3 %
      140 em julho de 2021 · na data de 31 de julho de 2021
      faltam 100 em 17 meses: são necessários 5,88 por mês
      em aberto: sem número anterior para medir o ritmo
      “e a mais de 240 em 2022”
      Sem resolution: a meta é passar de 240, sem teto.
  
  Afirmações
    ✓ confirmada  15 milhões (1º semestre de 2021) superam 14,1 milhões (2020)
                  14.500.000 a 15.500.000 contra 14.050.000 a 14.150.000
                  compara períodos de duração diferente [W3102]
                  “mais do que os 14,1 milhões realizados nos 12 meses de 2020”
    ✓ confirmada  cerca de 12,2 milhões (1º semestre de 2021) são no mínimo 2
                  vezes 5,4 milhões (2020)
                  calculado 2,26 (2,22 a 2,3), afirmado no mínimo 2
                  compara períodos de duração diferente [W3102]
                  “mais que o dobro dos 5,4 milhões do ano passado”
    ≈ compatível  1º semestre de 2021: cerca de 5 mil + 7 mil somam mais de 12 mil
                  10.500 a 13.500 contra 12.000 a 13.000
                  “mais de 12 mil atendimentos no Poupatempo”
  
  Fontes
    Procon-SP realiza mais de 12 mil atendimentos no Poupatampo nos seis primeiros
    meses deste ano
    publicado em julho de 2021
    O texto não traz data nem editor. Fala do primeiro semestre de 2021 como
    encerrado; a data aqui é a do mês seguinte.

Targets at other dates:

  $ poupa report --as-of 2021-10 catalog.json | sed -n '/^Targets/,/^Claims/p' | sed -n 1,6p
  Targets
    Serviços digitais: 180 by 31 December 2021
      Programa Poupatempo · Portal Poupatempo, Poupatempo Digital, Totem de
      autoatendimento
      ████████████████████████▉░░░░░░░ 77.8 %
      140 in July 2021 · as of 31 October 2021
  $ poupa report --as-of 2022-03-10 --lang pt catalog.json | sed -n '/^Metas/,/^Afirm/p' | sed -n 1,7p
  Metas
    Serviços digitais: 180 até 31 de dezembro de 2021
      Programa Poupatempo · Portal Poupatempo, Poupatempo Digital, Totem de
      autoatendimento
      ████████████████████████▉░░░░░░░ 77,8 %
      140 em julho de 2021 · na data de 10 de março de 2022
      faltam 40 · vencida há 2,3 meses
  $ poupa report --as-of 2021-06 catalog.json | sed -n '/^Targets/,/^Claims/p' | sed -n 1,6p
  Targets
    Serviços digitais: 180 by 31 December 2021
      Programa Poupatempo · Portal Poupatempo, Poupatempo Digital, Totem de
      autoatendimento
      no figure has been published · as of 30 June 2021
      “Até o fim deste ano, o objetivo é chegar a 180 serviços digitais”

Without UTF-8 it is drawn in ASCII:

  $ LC_ALL=C poupa report catalog.json | grep -e '#' -e ' confirmed' -e consistent
      ########################-------- 77.8 %
      ##################-------------- 58.3 %
    + confirmed   15 million (first half of 2021) is more than 14.1 million (2020)
    + confirmed   about 12.2 million (first half of 2021) is at least 2 times
    ~ consistent  first half of 2021: about 5 thousand + 7 thousand make over

It is as wide as the terminal, within limits:

  $ COLUMNS=60 poupa report catalog.json | sed -n '/^Claims/,/^$/p'
  Claims
    ✓ confirmed   15 million (first half of 2021) is more than
                  14.1 million (2020)
                  14,500,000 to 15,500,000 against 14,050,000
                  to 14,150,000
                  periods of different length compared [W3102]
                  “mais do que os 14,1 milhões realizados nos
                  12 meses de 2020”
    ✓ confirmed   about 12.2 million (first half of 2021) is
                  at least 2 times 5.4 million (2020)
                  computed 2.26 (2.22 to 2.3), stated at least
                  2
                  periods of different length compared [W3102]
                  “mais que o dobro dos 5,4 milhões do ano
                  passado”
    ≈ consistent  first half of 2021: about 5 thousand +
                  7 thousand make over 12 thousand
                  10,500 to 13,500 against 12,000 to 13,000
                  “mais de 12 mil atendimentos no Poupatempo”
  
  $ for columns in 10 40 80 100 500; do
  >   COLUMNS=$columns LC_ALL=C.UTF-8 poupa report catalog.json | python3 -c 'import sys
  > print(max(len(line.rstrip("\n")) for line in sys.stdin))'
  > done
  44
  44
  80
  100
  100

Standard input, and a document with errors:

  $ poupa report - < catalog.json | sed -n 1p
  Report on <stdin>
  $ sed 's/"value": 140,/"value": "140",/' catalog.json | poupa report -
  <stdin>:343:16: error: "value" must be a number; found a text [E2002 /metrics/3/value]
     343 |       "value": "140",
         |                ^~~~~
  [1]
